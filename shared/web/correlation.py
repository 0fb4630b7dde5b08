"""ASGI: every request has a correlation id, from the caller or new, in the context and in the answer."""

import re
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.obs.context import correlation_id, traceparent
from shared.web.reader import header_of

HEADER: Final = "X-Correlation-Id"

_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")  # 16: no telephone number passes for an id
_TRACEPARENT: Final = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")


class Correlation:
    """Takes `X-Correlation-Id`, else the trace id of `traceparent` (W3C Trace Context), else `new_id()`."""

    def __init__(self, app: ASGIApp, new_id: Callable[[], str]) -> None:
        self._app, self._new_id = app, new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sets both context variables for the time of the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace = _TRACEPARENT.fullmatch(header_of(scope, b"traceparent"))
        wished = header_of(scope, b"x-correlation-id")
        chosen = wished if _ID.fullmatch(wished) else trace[1] if trace else self._new_id()
        header = (HEADER.lower().encode(), chosen.encode())

        async def mark(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        before = correlation_id.set(chosen), traceparent.set(trace[0] if trace else "")
        try:
            await self._app(scope, receive, mark)
        finally:
            correlation_id.reset(before[0])
            traceparent.reset(before[1])
