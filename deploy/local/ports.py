"""Free ports of this machine, kept in the data folder so that addresses stay the same from start to start."""

import json
import socket
from contextlib import closing
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
_FILE: Final = "ports.json"


def choose_ports(folder: Path, names: tuple[str, ...]) -> dict[str, int]:
    """A free port for each name: the one kept in `folder` when it is still free, else a new one."""
    known = kept_ports(folder)
    ports: dict[str, int] = {}
    for name in names:
        port = known.get(name, 0)
        ports[name] = port if port not in ports.values() and is_free(port) else _new_port(set(ports.values()))
    if ports != known:
        (folder / _FILE).write_text(json.dumps(ports), encoding="utf-8")
    return ports


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of this machine now."""
    if not 1024 <= port <= 65535:
        return False
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as both servers do: TIME_WAIT is no holder
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _new_port(taken: set[int]) -> int:
    while True:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        if port not in taken:
            return port


def kept_ports(folder: Path) -> dict[str, int]:
    """The ports kept; a file that cannot be read counts as none, since new ports do no harm."""
    try:
        found = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return {str(name): int(port) for name, port in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
