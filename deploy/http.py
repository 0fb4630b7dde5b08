"""Serving an app with uvicorn until a signal: streams are closed first, so that stopping does not wait for them."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, Self, TypeVar

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from deploy.local.errors import AddressTaken, LocalError
from shared.obs.traces import stop_tracing

LOCAL: Final = "127.0.0.1"
DRAIN: Final = 5
SAME: Final = 1.0
"""Seconds in which signals are one request: `timeout` and shells send it to the process and to its group."""

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


def run(work: Coroutine[Any, Any, T]) -> T | None:
    """Run a process's main coroutine on the fast event loop; None when a signal came before it served."""
    if sys.platform == "win32":
        runner = asyncio.run
    else:
        import uvloop

        runner = uvloop.run
    try:
        return runner(work)
    except asyncio.CancelledError:
        return None


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling, which would end the process by the signal instead of exit code 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Stop:
    """SIGTERM and SIGINT: what only starts is cancelled, what serves is asked to end, a later one ends at once."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.serving = False
        self._first = 0.0
        self._main = asyncio.current_task()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ask)

    def _ask(self) -> None:
        if self.asked.is_set():
            if monotonic() - self._first >= SAME:
                os._exit(1)
            return
        self._first = monotonic()
        self.asked.set()
        if not self.serving and self._main is not None:
            self._main.cancel()


async def serve_until(
    app: ASGIApp,
    listening: Listening,
    services: Sequence[FastAPI],
    stop: Stop,
    started: Callable[[], Awaitable[None]],
    ended: Callable[[], Awaitable[LocalError]] | None = None,
) -> LocalError | None:
    """Start the services, do what is to be done once they run (`started`), serve until a signal or until `ended` says
    why, then stop in reverse order.
    """
    async with AsyncExitStack() as running:
        running.callback(stop_tracing)
        for service in services:
            await running.enter_async_context(service.router.lifespan_context(service))
        return await _serve(app, listening, services, stop, started, ended)


async def _serve(
    app: ASGIApp,
    listening: Listening,
    services: Sequence[FastAPI],
    stop: Stop,
    started: Callable[[], Awaitable[None]],
    ended: Callable[[], Awaitable[LocalError]] | None,
) -> LocalError | None:
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            http="httptools",
            timeout_graceful_shutdown=DRAIN,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listening.socket]))
    asked = asyncio.create_task(stop.asked.wait())
    watching = asyncio.ensure_future(ended()) if ended is not None else None
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has a flag, no event
            await asyncio.sleep(0.01)
        await started()
        stop.serving = True
        waits: list[asyncio.Future[Any]] = [serving, asked, *([watching] if watching else [])]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        return watching.result() if watching and watching.done() else None
    finally:
        for service in services:
            service.state.feed.close()  # or open streams would keep the server from stopping
            service.state.running.hurried = watching is not None and watching.done()
        server.should_exit = True
        await serving
        for task in (asked, watching):
            if task is not None:
                task.cancel()
