"""What changed of late: the last changes in order, and a bounded queue for each watcher."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

import orjson

KEPT: Final = 1000
BEHIND: Final = 200
"""How many changes a slow watcher may be behind; then it starts over."""
HEARTBEAT_SECONDS: Final = 15.0

_BEAT: Final = b": beat\n\n"
_RESET: Final = b"event: reset\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class Change:
    """Something changed. `kind` is the class of the event's topic, by which readers are chosen."""

    event_id: str
    id: str
    version: int
    type: str
    kind: str

    def message(self) -> bytes:
        """The change as a server-sent event."""
        data = orjson.dumps({"id": self.id, "version": self.version, "type": self.type})
        return b"id: %b\nevent: changed\ndata: %b\n\n" % (self.event_id.encode(), data)


Allowed = Callable[[Change], bool]


class _Watcher:
    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
        self.queue: deque[bytes] = deque()
        self.woken = asyncio.Event()
        self.is_behind = False

    def put(self, change: Change) -> None:
        if not self.allowed(change) or self.is_behind:
            return
        if len(self.queue) >= BEHIND:
            self.reset()
            return
        self.queue.append(change.message())
        self.woken.set()

    def reset(self) -> None:
        self.is_behind = True
        self.queue.append(_RESET)
        self.woken.set()


class Feed:
    """Keeps the last 1,000 changes of one process; each process reads the topics for itself."""

    def __init__(self, heartbeat: float = HEARTBEAT_SECONDS) -> None:
        self._heartbeat = heartbeat
        self._last: deque[Change] = deque(maxlen=KEPT)
        self._watchers: set[_Watcher] = set()
        self._closed = False

    @property
    def latest(self) -> str | None:
        """The newest change's event id: a page drawn now holds everything up to it."""
        return self._last[-1].event_id if self._last else None

    @property
    def watchers(self) -> int:
        """How many watch now."""
        return len(self._watchers)

    def publish(self, change: Change) -> None:
        """Tells every watcher that may know."""
        self._last.append(change)
        for watcher in self._watchers:
            watcher.put(change)

    def start_over(self) -> None:
        """Changes may have been missed: every watcher reloads."""
        self._last.clear()
        for watcher in self._watchers:
            watcher.reset()

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self._closed = True
        for watcher in self._watchers:
            watcher.woken.set()

    async def subscribe(self, last_event_id: str | None, allowed: Allowed) -> AsyncGenerator[bytes]:
        """Server-sent events behind `last_event_id` (None: from now on); an unknown one gets `reset`."""
        watcher = _Watcher(allowed)
        self._watchers.add(watcher)
        try:
            for message in self._missed(last_event_id, allowed):
                yield message
                if message is _RESET:
                    return
            yield _BEAT  # at once, so that the browser knows the stream is open
            while not self._closed:
                async for message in self._next(watcher):
                    yield message
                    if message is _RESET:
                        return
        finally:
            self._watchers.discard(watcher)

    def _missed(self, last_event_id: str | None, allowed: Allowed) -> list[bytes]:
        if last_event_id is None:
            return []
        ids = [change.event_id for change in self._last]
        if last_event_id not in ids:
            return [_RESET]
        behind = list(self._last)[ids.index(last_event_id) + 1 :]
        return [change.message() for change in behind if allowed(change)]

    async def _next(self, watcher: _Watcher) -> AsyncIterator[bytes]:
        try:
            async with asyncio.timeout(self._heartbeat):
                await watcher.woken.wait()
        except TimeoutError:
            yield _BEAT
        watcher.woken.clear()
        while watcher.queue:
            yield watcher.queue.popleft()
