"""The documentation of a service's API, drawn by us: no CDN, and it says who may use each route."""

import orjson
from fastapi import APIRouter, Request, Response

from shared.identity.policy import PUBLIC, Rule
from shared.web.docs_view import routes_shown
from shared.web.pages import Draw


def docs_router(name: str) -> APIRouter:
    """`/api/<name>/v1/openapi.json` and `/api/<name>/v1/docs`."""
    router = APIRouter(prefix=f"/api/{name}/v1", include_in_schema=False)

    @router.get("/openapi.json")
    async def openapi(request: Request) -> Response:
        return Response(orjson.dumps(request.app.openapi()), media_type="application/json")

    @router.get("/docs")
    async def docs(request: Request, draw: Draw) -> Response:
        document = request.app.openapi()
        return draw(
            "docs.html",
            title=document["info"]["title"],
            name=name,
            routes=routes_shown(document, _origin(request)),
        )

    return router


def docs_policy(name: str) -> list[Rule]:
    """Descriptions hold no secret: they are public."""
    return [Rule("GET", f"/api/{name}/v1/openapi.json", PUBLIC), Rule("GET", f"/api/{name}/v1/docs", PUBLIC)]


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"
