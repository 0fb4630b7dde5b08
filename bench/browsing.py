"""Somebody who looks at the pages of one service: how long each answer takes, and what it costs the servers."""

import time
from collections.abc import Iterable
from typing import Final

import httpx
import psutil

from bench.company import Served
from bench.processes import cpu_seconds

CPU: Final = "CPU of "
Taken = dict[str, list[float]]


class Browser:
    """Somebody who looks at one service; `taken` are milliseconds of each answer, and CPU of servers for one."""

    def __init__(self, served: Served, cookies: dict[str, str]) -> None:
        said = {"Accept-Language": "ko", "Accept": "text/html"}
        address = f"http://127.0.0.1:{served.port}"
        self._client = httpx.Client(base_url=address, cookies=cookies, timeout=60, headers=said)
        servers = (child.pid for child in psutil.Process().children() if child.name() == "mongod")
        self._pids = [served.pid, *servers]
        self.taken: Taken = {}

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str) -> httpx.Response:
        """A page; raises `RuntimeError` when it is refused."""
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer

    def ask(self, name: str, paths: Iterable[str]) -> None:
        """One page after the other."""
        taken, cpu = list[float](), sum(map(cpu_seconds, self._pids))
        for path in paths:
            begun = time.perf_counter()
            self.get(path)
            taken.append(1000 * (time.perf_counter() - begun))
        spent = 1000 * (sum(map(cpu_seconds, self._pids)) - cpu) / len(taken)
        self.taken |= {name: taken, f"{CPU}{name}": [spent]}
