"""A small HTTP load generator: so many connections, each sending the next request when the last is answered."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast


@dataclass
class Run:
    """What came of a run: how many answers of which status, in how long, and each answer's latency in seconds."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0
    """CPU seconds of who answered, where that was measured."""

    def add(self, other: "Run") -> None:
        """Count another run's answers in."""
        self.latencies += other.latencies
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return sum(n for status, n in self.statuses.items() if status < 300) / self.seconds

    def percentile(self, share: float) -> float:
        """Latency below which `share` of the answers stay, in milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Connection(asyncio.Protocol):
    """One keep-alive connection that sends a request as soon as the answer before is complete."""

    def __init__(self, run: Run, make: Callable[[], bytes], until: float) -> None:
        self._run, self._make, self._until = run, make, until
        self._buffer = b""
        self._sent_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def _send(self) -> None:
        self._sent_at = perf_counter()
        self._transport.write(self._make())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        if len(self._buffer) < end + 4 + length:
            return
        self._buffer = self._buffer[end + 4 + length :]
        self._answered(int(head[9:12]))

    def _answered(self, status: int) -> None:
        now = perf_counter()
        self._run.statuses[status] = self._run.statuses.get(status, 0) + 1
        self._run.latencies.append(now - self._sent_at)
        if now < self._until:
            self._send()
        else:
            self._transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def load(port: int, make: Callable[[], bytes], connections: int, seconds: float) -> Run:
    """Load 127.0.0.1:`port` for so many seconds."""
    run, loop, begun = Run(), asyncio.get_running_loop(), perf_counter()
    made = [
        (await loop.create_connection(lambda: Connection(run, make, begun + seconds), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.wait([connection.done for connection in made], timeout=seconds + 30)
    run.seconds = perf_counter() - begun
    return run


def request(path: str, body: bytes, key: str) -> bytes:
    """A POST of JSON as it goes over the wire."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


if __name__ == "__main__":
    sys.exit("use `python -m bench`")
