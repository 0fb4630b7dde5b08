"""ASGI: a request in its trace. It stands behind the gate: what the policy refuses is counted, but not traced."""

from time import perf_counter
from typing import Final

from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.contracts.cloudevents import TRACEPARENT
from shared.obs import spans
from shared.obs.context import traceparent
from shared.obs.log import logger, tells_each
from shared.obs.traces import end, place_of
from shared.web.gate import ROUTE
from shared.web.reader import header_of

OWN: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""What FastAPI would record by itself holds addresses with their queries, and what was wrong in a body."""


class Tracing:
    """Begins the span of a request, and has everything that follows from it go on below.

    Only a program with an API key goes on with a trace of its own: anybody else could write into ours, or have all
    of theirs recorded.
    """

    def __init__(self, app: ASGIApp, service: str) -> None:
        self._app, self._service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        route, begun = scope[ROUTE], perf_counter()
        came = header_of(scope, b"traceparent") if scope["user"].kind == "system" else ""
        parent = came if TRACEPARENT.fullmatch(came) else ""
        span = spans.request(self._service, scope["method"], route, parent)
        traceparent.set(place_of(span) if span else parent)  # `Correlation` puts it back

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                spans.answered(span, message["status"])
                if tells_each():
                    said = {"method": scope["method"], "route": route, "status": message["status"]}
                    logger.debug("http.answered", service=self._service, seconds=perf_counter() - begun, **said)
            await send(message)

        try:
            await self._app(scope, receive, note if span or tells_each() else send)
        except BaseException as error:
            end(span, type(error).__name__)
            raise
