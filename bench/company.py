"""The whole company: every service as a process of its own, as it is deployed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench.processes import free_port, process, wait_for
from bench.stand import Stand
from deploy import registry
from shared.identity.sessions import Session, write_session
from shared.privacy.vault import Vault, read_master_keys
from shared.runtime.clock import SystemClock
from shared.web.authentication import session_cookie


@dataclass(frozen=True, slots=True)
class Served:
    """One service: its process and where it listens."""

    pid: int
    port: int


@contextmanager
def company(stand: Stand, *names: str, roles: str = "api,consumers,relay,jobs") -> Iterator[dict[str, Served]]:
    """These services (without names: all), each as its own `ccms serve`, until they are ready."""
    with ExitStack() as stack:
        started = {name: stack.enter_context(_serving(stand, name, roles)) for name in names or registry.MODULES}
        for served in started.values():
            wait_for(f"http://127.0.0.1:{served.port}/ready")
        yield started


@contextmanager
def _serving(stand: Stand, name: str, roles: str) -> Iterator[Served]:
    port = free_port()
    command = ("-m", "deploy.cli", "serve", name, "--roles", roles, "--host", "127.0.0.1", "--port", str(port))
    with process(*command, env=stand.env) as started:
        yield Served(started.pid, port)


def signed_in(stand: Stand, person: str) -> dict[str, str]:
    """The cookie of a person's browser."""
    vault = Vault(*read_master_keys(Path(stand.env["CCMS_MASTER_KEY_FILE"])))
    return {session_cookie(False): write_session(Session(uuid4().hex, person, SystemClock().now()), vault)}
