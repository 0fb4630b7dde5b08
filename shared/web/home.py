"""The first page: what this is, where to go, and a call to try."""

import shlex
from collections.abc import Sequence
from typing import Final

import orjson
from fastapi import APIRouter, FastAPI, Request, Response

from shared.identity.organisation import Organisation
from shared.identity.policy import PUBLIC, Rule
from shared.runtime.settings import Settings
from shared.web.app import create_app
from shared.web.authentication import Authenticator
from shared.web.events import EVENTS_POLICY, events_router
from shared.web.pages import Draw
from shared.web.people import PEOPLE_POLICY, people_router

HOME_POLICY: Final = [Rule("GET", "/", PUBLIC)]

_BURN: Final = {
    "title": "전기장판 화상",
    "body": "전기장판에서 불이 나 손에 화상을 입었어요",
    "product": {"code": "EB-200", "name": "전기장판"},
}


def home_router(services: Sequence[str], api_key: str = "$CCMS_API_KEY") -> APIRouter:
    """The page `/`. `services` are linked with their API; `api_key` is what a shell puts into the example."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def home(request: Request, draw: Draw) -> Response:
        return draw("home.html", services=services, example=burn_example(str(request.base_url), api_key))

    return router


def home_app(
    settings: Settings,
    authenticator: Authenticator,
    organisation: Organisation,
    services: Sequence[str],
    api_key: str,
) -> FastAPI:
    """The portal's own app: first page, events, and in local mode the sample people."""
    routers, policy = (
        [home_router(services, api_key), events_router(settings.namespace)],
        HOME_POLICY + EVENTS_POLICY,
    )
    if settings.mode == "local":
        routers, policy = [*routers, people_router(organisation)], policy + PEOPLE_POLICY
    return create_app("portal", routers, policy, settings=settings, authenticator=authenticator)


def burn_example(address: str, api_key: str) -> str:
    """A command for a shell that files a dangerous complaint."""
    body = shlex.quote(orjson.dumps(_BURN).decode())
    return (
        f"curl -X POST {shlex.quote(address + 'api/intake/v1/complaints')} \\\n"
        f'  -H "Authorization: Bearer {api_key}" -H "Content-Type: application/json" \\\n'
        f"  -d {body}"
    )
