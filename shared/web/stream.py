"""`GET /api/<service>/v1/stream`: what changed, as server-sent events, filtered by who watches."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from starlette.responses import StreamingResponse

from shared.identity.principal import Principal
from shared.web.feed import Change, Feed
from shared.web.gate import Viewer

MayKnow = Callable[[Principal, Change], bool]


def stream_router(service: str, feed: Feed, may_know: MayKnow) -> APIRouter:
    """The stream of one service, which brings its policy row; `may_know` says who hears of what."""
    router = APIRouter(prefix=f"/api/{service}/v1")

    @router.get("/stream", response_class=StreamingResponse)
    async def stream(
        viewer: Viewer,
        last_event_id: Annotated[str | None, Header(max_length=200)] = None,
        after: Annotated[str | None, Query(max_length=200, description="The last event id that the page holds")] = None,
    ) -> Response:
        """Changes as they happen: `event: changed`, `data: {"id", "version", "type"}`.

        `Last-Event-ID` (at first `after`) goes on behind that event; an unknown one gets `event: reset`.
        """
        messages = feed.subscribe(last_event_id or after or None, lambda change: may_know(viewer, change))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(messages, headers=headers, media_type="text/event-stream")

    return router
