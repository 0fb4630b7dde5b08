"""`/asyncapi`: every topic of the catalogue, who may read it, and its shape, for people and as AsyncAPI 3.0."""

from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from shared.contracts.asyncapi import asyncapi, schema_of
from shared.contracts.catalogue import CATALOGUE
from shared.errors import NotFound
from shared.identity.policy import PUBLIC, Rule
from shared.web.pages import Draw

EVENTS_POLICY: Final = [
    Rule("GET", "/asyncapi", PUBLIC),
    Rule("GET", "/asyncapi.json", PUBLIC),
    Rule("GET", "/asyncapi/schemas/{topic}", PUBLIC),
]
"""Descriptions hold no secret."""


def events_router(namespace: str) -> APIRouter:
    """The page, the document and the schemas; `namespace` prefixes the topics' names."""
    router = APIRouter(include_in_schema=False)

    @router.get("/asyncapi")
    async def page(request: Request, draw: Draw) -> Response:
        if "application/json" in request.headers.get("accept", ""):
            return _json(asyncapi(namespace=namespace))
        return draw("events.html", entries=list(CATALOGUE.values()), namespace=namespace)

    @router.get("/asyncapi.json")
    async def document() -> Response:
        return _json(asyncapi(namespace=namespace))

    @router.get("/asyncapi/schemas/{topic}")
    async def schema(topic: str) -> Response:
        entry = CATALOGUE.get(topic.removesuffix(".json"))
        if entry is None:
            raise NotFound
        return _json(schema_of(entry))

    return router


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")
