"""ASGI: every request has a correlation id, from the caller or new, in the context and in the answer."""

from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.contracts.cloudevents import ID, TRACEPARENT
from shared.obs.context import following
from shared.web.reader import header_of

HEADER: Final = "X-Correlation-Id"


class Correlation:
    """Takes `X-Correlation-Id`, else the trace id of `traceparent` (W3C Trace Context), else `new_id()`."""

    def __init__(self, app: ASGIApp, new_id: Callable[[], str]) -> None:
        self._app, self._new_id = app, new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sets the context for the time of the request; in which trace it is, `Tracing` says further inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace, wished = header_of(scope, b"traceparent"), header_of(scope, b"x-correlation-id")
        traced = trace[3:35] if TRACEPARENT.fullmatch(trace) else ""
        chosen = wished if ID.fullmatch(wished) else traced or self._new_id()
        header = (HEADER.lower().encode(), chosen.encode())

        async def mark(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        with following(chosen, ""):
            await self._app(scope, receive, mark)
