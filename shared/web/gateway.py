"""ASGI: several services in one process under one address; each path goes to the service that owns it."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from shared.obs.log import logger


class Gateway:
    """`/api/<name>/…` and `/<name>/…` go to `apps[name]`, first segments in `others` there, else to `home`.

    Starts the apps in order, `home` last, and stops them in reverse. `home` answers unknown paths (404).
    """

    def __init__(self, apps: Mapping[str, FastAPI], home: FastAPI, others: Mapping[str, FastAPI] | None = None) -> None:
        self._apps, self._home = dict(apps), home
        self._pages = {**self._apps, **(others or {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the whole life of the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self.owner_of(scope["path"])(scope, receive, send)

    def owner_of(self, path: str) -> FastAPI:
        """The app that answers a path."""
        first, _slash, rest = path[1:].partition("/")
        if first == "api":
            return self._apps.get(rest.partition("/")[0], self._home)
        return self._pages.get(first, self._home)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        started = False
        try:
            async with AsyncExitStack() as running:
                wrong = await self._start(running)  # leaves the stack in peace: what has started stops as usual
                if wrong is None:
                    started = True
                    await send({"type": "lifespan.startup.complete"})
                    await receive()
            if wrong is not None:
                raise wrong
        except Exception as error:
            phase = "shutdown" if started else "startup"
            logger.error("a service failed", phase=phase, error=type(error).__name__)
            await send({"type": f"lifespan.{phase}.failed", "message": f"{type(error).__name__}: {error}"})
            raise
        await send({"type": "lifespan.shutdown.complete"})

    async def _start(self, running: AsyncExitStack) -> Exception | None:
        try:
            for app in self._in_order():
                await running.enter_async_context(app.router.lifespan_context(app))
        except Exception as error:
            return error
        return None

    def _in_order(self) -> Sequence[FastAPI]:
        return list({id(app): app for app in (*self._pages.values(), self._home)}.values())
