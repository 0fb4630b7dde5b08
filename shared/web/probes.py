"""ASGI: `/live`, `/ready`, `/metrics` of one process, in front of its app."""

from collections.abc import Callable, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

Check = Callable[[], Mapping[str, bool]]
"""What is looked at, by name, and whether it is well."""


class Probes:
    """Answers 200 when all is well, else 503 and which part is not. Not `live`: start the process again."""

    def __init__(self, app: ASGIApp, live: Check, ready: Check) -> None:
        self._app = app
        self._answers: dict[str, Callable[[], Response]] = {
            "/live": lambda: _health(live()),
            "/ready": lambda: _health(ready()),
            "/metrics": _metrics,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on everything else."""
        answer = self._answers.get(scope["path"]) if scope["type"] == "http" else None
        await (answer() if answer else self._app)(scope, receive, send)


def _health(parts: Mapping[str, bool]) -> Response:
    return JSONResponse({"well": all(parts.values()), "parts": dict(parts)}, 200 if all(parts.values()) else 503)


def _metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
