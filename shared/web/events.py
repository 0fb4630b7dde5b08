"""`/asyncapi`: every topic of the catalogue, who may read it, and its shape, for people and as AsyncAPI 3.0."""

from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from shared.contracts.asyncapi import asyncapi, schema_of
from shared.contracts.catalogue import CATALOGUE
from shared.errors import NotFound
from shared.identity.policy import PUBLIC, Rule
from shared.web.pages import Draw

POLICY: Final = [
    Rule("GET", "/asyncapi", PUBLIC),
    Rule("GET", "/asyncapi.json", PUBLIC),
    Rule("GET", "/asyncapi/schemas/{topic}", PUBLIC),
]
"""Descriptions hold no secret."""


router = APIRouter(include_in_schema=False)


def _namespace(request: Request) -> str:
    """What prefixes the topics' names here."""
    return str(request.app.state.running.settings.namespace)


@router.get("/asyncapi")
async def page(request: Request, draw: Draw) -> Response:
    """Every topic for people; the document where a program asks."""
    if "application/json" in request.headers.get("accept", ""):
        return await document(request)
    return draw("events.html", entries=list(CATALOGUE.values()), namespace=_namespace(request))


@router.get("/asyncapi.json")
async def document(request: Request) -> Response:
    """The AsyncAPI document."""
    return _json(asyncapi(namespace=_namespace(request)))


@router.get("/asyncapi/schemas/{topic}")
async def schema(topic: str) -> Response:
    """The JSON Schema of one topic."""
    entry = CATALOGUE.get(topic.removesuffix(".json"))
    if entry is None:
        raise NotFound
    return _json(schema_of(entry))


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")
