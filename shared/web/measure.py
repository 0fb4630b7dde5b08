"""ASGI: how long each route takes to answer, by status, for Prometheus."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.obs.metrics import REQUESTS
from shared.web.gate import ROUTE


class Measure:
    """Observes the time until the answer begins (a stream may go on for hours)."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self._app, self._service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = scope.get(ROUTE, "")
                method = scope["method"] if route else ""  # who asks for what is not there may write anything
                labels = self._service, method, route, str(message["status"])
                REQUESTS.labels(*labels).observe(perf_counter() - begun)
            await send(message)

        await self._app(scope, receive, note)
