"""Pages drawn at the server: Jinja2, escaped, in the reader's language, no inline script or style."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, Protocol
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from shared.identity.principal import ANYONE
from shared.language.i18n import LANGUAGES, Language, translate
from shared.obs.context import correlation_id
from shared.runtime.clock import Clock
from shared.runtime.settings import Settings
from shared.web.assets import Assets
from shared.web.formats import formats
from shared.web.icons import ICONS
from shared.web.jumps import linked
from shared.web.navigation import place_of, places_for
from shared.web.problem import Problem
from shared.web.reader import LANGUAGE_NAME, chosen_language, is_part, language_of
from shared.web.words import ROLES, SEVERITIES, STATES, STEPS

_TEMPLATES: Final = Path(__file__).parent / "templates"
_YEAR: Final = int(timedelta(days=365).total_seconds())


class Pages:
    """Draws templates from a service's `folders`, then from the shared one."""

    def __init__(self, settings: Settings, assets: Assets, clock: Clock, folders: Sequence[Path] = ()) -> None:
        self._settings, self._clock = settings, clock
        self._environments = {language: _environment(language, assets, folders) for language in LANGUAGES}

    def draw(self, request: Request, template: str, status: int = 200, /, **view: Any) -> Response:
        """The page as a response; a `?lang=` in the address is remembered in a cookie."""
        scope = request.scope
        language = language_of(scope, self._settings.language)
        viewer = scope.get("user", ANYONE)
        places = places_for(viewer)
        reading = {
            "language": language,
            "other_languages": _language_links(request, language),
            "viewer": viewer,
            "navigation": places,
            "place": place_of(scope["path"], places),
            "path": scope["path"],
            "address": _address(scope),
            "correlation_id": correlation_id.get(),
            "now": self._clock.now(),
        }
        text = self._environments[language].get_template(template).render(reading | view)
        response = HTMLResponse(text, status, {"Content-Language": language})
        if chosen_language(scope) == language:
            response.set_cookie(
                LANGUAGE_NAME, language, _YEAR, secure=self._settings.mode == "production", httponly=True
            )
        return response

    def problem(self, request: Request, problem: Problem) -> Response:
        """A refusal as a page, or as a short notice where htmx asks for a part of one."""
        template = "problem_notice.html" if is_part(request.scope) else "problem.html"
        return self.draw(request, template, problem.status, problem=problem)


class Drawer(Protocol):
    """Draws a template for the request at hand."""

    def __call__(self, template: str, status: int = 200, /, **view: Any) -> Response:
        """The page; `view` holds the template's variables."""
        ...


async def drawer_of(request: Request) -> Drawer:
    """The dependency behind `Draw`."""
    return partial(request.app.state.pages.draw, request)


Draw = Annotated[Drawer, Depends(drawer_of)]
"""A parameter of a page's endpoint: `return draw("board.html", board=…)`."""


def _environment(language: Language, assets: Assets, folders: Sequence[Path]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([*folders, _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"_": partial(_say, language), "asset": assets.url}
    environment.globals |= {"steps": STEPS, "severities": SEVERITIES, "states": STATES, "icons": ICONS}
    environment.globals |= {"roles": ROLES}
    environment.filters |= formats(language) | {"linked": linked}
    return environment


def _say(language: Language, message_id: str, /, **inputs: object) -> str:
    return translate(message_id, language, **inputs)


def _address(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return quote(scope["path"]) + (f"?{query}" if query else "")


def _language_links(request: Request, language: Language) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in parse_qsl(request.url.query) if name != LANGUAGE_NAME]
    others = (other for other in LANGUAGES if other != language)
    return [(other, "?" + urlencode([*kept, (LANGUAGE_NAME, other)])) for other in others]
