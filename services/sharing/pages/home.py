"""The first page: where to go, for this viewer."""

import shlex
from pathlib import Path
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from shared.contracts.catalogue import EVERY_SERVICE
from shared.identity.policy import EVERYONE, PUBLIC, Rule
from shared.identity.principal import Principal
from shared.runtime.settings import Settings
from shared.web.gate import Viewer
from shared.web.navigation import places_for
from shared.web.pages import Draw

POLICY: Final = [Rule("GET", "/", PUBLIC)]
EVERYDAY: Final = Rule("POST", "/", EVERYONE)
"""Whoever files complaints; an administrator does not."""
BURN: Final = {
    "title": "전기장판 화상",
    "body": "전기장판에서 불이 나 손에 화상을 입었어요",
    "product": {"code": "EB-200", "name": "전기장판"},
}
READ_KEY: Final = "import json; print(json.load(open('{file}'))['accounts']['employee']['api_key'])"

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, viewer: Viewer, draw: Draw) -> Response:
    """What is there for whoever looks; in the invented company also something to try."""
    settings = request.app.state.running.settings
    places = [place for place in places_for(viewer) if place.about]
    example = burn_example(str(request.base_url), _run_file(settings)) if _may_try(settings, viewer) else None
    return draw("home.html", places=places, services=EVERY_SERVICE, example=example)


def _may_try(settings: Settings, viewer: Principal) -> bool:
    return settings.has_sample_people and EVERYDAY.admits(viewer)


def _run_file(settings: Settings) -> Path:
    """Where `ccms up` wrote the keys down: beside the master key."""
    return (settings.master_key_file or Path("data/master.key")).with_name("run.json").absolute()


def burn_example(address: str, run_file: Path) -> str:
    """A command for a shell that files a dangerous complaint."""
    body, read_key = shlex.quote(orjson.dumps(BURN).decode()), READ_KEY.format(file=run_file)
    return (
        f"curl -X POST {shlex.quote(address + 'api/intake/v1/complaints')} \\\n"
        f'  -H "Authorization: Bearer $(python3 -c "{read_key}")" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        f"  -d {body}"
    )
