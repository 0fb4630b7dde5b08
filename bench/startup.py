"""Seconds to ready and memory per process of `ccms up`."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.figures import Figure, at_most
from bench.processes import ROOT
from bench.stand import Stand

AT_REST = 2
"""Seconds after it is ready: what the start alone needed is given back by then."""


@contextmanager
def started(folder: Path) -> Iterator[tuple[float, subprocess.Popen[str]]]:
    """`ccms up` on a folder; seconds until it says ready."""
    begun = time.perf_counter()
    up = subprocess.Popen(
        [sys.executable, "-m", "deploy.cli", "up", "--data", str(folder), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert up.stdout is not None
        for line in up.stdout:
            if line.startswith("ready"):
                break
        yield time.perf_counter() - begun, up
    finally:
        up.terminate()
        up.wait(30)


async def measure(_: Stand) -> list[Figure]:
    """A first start with everything downloaded, a later one, and the memory of each process then."""
    with tempfile.TemporaryDirectory(prefix="ccms-bench-") as name:
        folder = Path(name)
        with started(folder) as (first, _up):
            json.loads((folder / "run.json").read_text())
        with started(folder) as (later, up):
            time.sleep(AT_REST)
            memory = _memory(up.pid)
    figures = [Figure("first start, files downloaded", first, "s"), at_most("later start", later, "s", 8)]
    return [*figures, *(Figure(f"memory, {name}", mb, "MB") for name, mb in sorted(memory.items()))]


def _memory(pid: int) -> dict[str, float]:
    """Resident MB of the services' process and of each server."""
    own = psutil.Process(pid)
    found = {"all services in one process": own.memory_info().rss / 2**20}
    for child in own.children(recursive=True):
        kind = {"java": "Kafka", "mongod": "MongoDB"}.get(child.name())
        if kind:
            found[kind] = child.memory_info().rss / 2**20
    return found
