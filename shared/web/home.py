"""The first page: what this is, where to go, and a call to try."""

import shlex
from collections.abc import Sequence
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from shared.identity.policy import PUBLIC, Rule
from shared.web.pages import Draw

HOME_POLICY: Final = [Rule("GET", "/", PUBLIC)]

_BURN: Final = {
    "title": "전기장판 화상",
    "body": "전기장판에서 불이 나 손에 화상을 입었어요",
    "product": {"code": "EB-200", "name": "전기장판"},
}


def home_router(services: Sequence[str], api_key: str = "$CCMS_API_KEY") -> APIRouter:
    """The page `/`. `services` are linked with their API; `api_key` stands in the example as a shell would take it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def home(request: Request, draw: Draw) -> Response:
        return draw("home.html", services=services, example=burn_example(str(request.base_url), api_key))

    return router


def burn_example(address: str, api_key: str) -> str:
    """A command for a shell that files a dangerous complaint."""
    body = shlex.quote(orjson.dumps(_BURN).decode())
    return (
        f"curl -X POST {shlex.quote(address + 'api/intake/v1/complaints')} \\\n"
        f'  -H "Authorization: Bearer {api_key}" -H "Content-Type: application/json" \\\n'
        f"  -d {body}"
    )
