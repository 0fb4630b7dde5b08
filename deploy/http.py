"""Serving an app with uvicorn until a signal: streams are closed first, so that stopping does not wait for them."""

import asyncio
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from deploy.local.errors import AddressTaken, LocalError

LOCAL: Final = "127.0.0.1"
DRAIN: Final = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that is bound, so that a port that is taken is known before anything is started."""

    socket: socket.socket
    url: str

    @classmethod
    def on(cls, port: int, host: str = LOCAL) -> Self:
        """Bind; port 0 takes a free one. Raises `AddressTaken`."""
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            bound.close()
            raise AddressTaken(host=host, port=port, reason=error.strerror) from None
        return cls(bound, f"http://{host}:{bound.getsockname()[1]}")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a process's main coroutine on the fast event loop where there is one."""
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling, which would end the process by the signal instead of exit code 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_until(
    app: ASGIApp,
    listening: Listening,
    started: Callable[[], None],
    ended: Awaitable[LocalError] | None,
    services: Sequence[FastAPI],
) -> LocalError | None:
    """Serve until SIGTERM, SIGINT, or until `ended` says why; then stop in order."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        http="httptools",
        timeout_graceful_shutdown=DRAIN,
    )
    server = _Server(config)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serving = asyncio.create_task(server.serve(sockets=[listening.socket]))
    watching = asyncio.ensure_future(ended) if ended is not None else None
    try:
        await _until_started(server, serving)
        started()
        waits: list[asyncio.Future[Any]] = [serving, asyncio.ensure_future(stop.wait())]
        await asyncio.wait([*waits, *([watching] if watching else [])], return_when=asyncio.FIRST_COMPLETED)
        return watching.result() if watching and watching.done() else None
    finally:
        for service in services:
            service.state.feed.close()
        server.should_exit = True
        with suppress(SystemExit):  # uvicorn's way to say that the start failed; the lifespan has logged why
            await serving
        if watching:
            watching.cancel()


async def _until_started(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    while not server.started:
        if serving.done():
            raise StartFailed
        await asyncio.sleep(0.01)


class StartFailed(Exception):
    """The services did not start; what went wrong was logged."""
