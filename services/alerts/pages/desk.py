"""What every page of alerts is drawn with: who reads it, in which language, and what was typed into its forms."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, TypeVar, get_origin

from fastapi import Depends, Request, Response
from pydantic import ValidationError
from starlette.responses import RedirectResponse

from services.alerts.presenting.speaker import Speaker
from services.alerts.views.typed import Typed
from shared.errors import Refused
from shared.identity.principal import Principal
from shared.language.i18n import translate
from shared.web.field_errors import field_errors
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.reader import language_of
from shared.web.run import Run, Runner
from shared.web.shapes import FormIn

F = TypeVar("F", bound=FormIn)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of one person for a page."""

    request: Request
    viewer: Principal
    run: Run
    draw: Drawer

    @property
    def now(self) -> datetime:
        """The time now."""
        now: datetime = self.request.app.state.running.store.clock.now()
        return now

    @property
    def speaker(self) -> Speaker:
        """Speaks the reader's language."""
        running = self.request.app.state.running
        language = language_of(self.request.scope, running.settings.language)
        return Speaker(running.store.rules, running.store.directory.organisation, language, self.viewer)

    @property
    def last_event(self) -> str | None:
        """The newest change that a page drawn now contains."""
        latest: str | None = self.request.app.state.feed.latest
        return latest

    async def filled(self, shape: type[F], of: str) -> tuple[F | None, Typed]:
        """The form that was sent, or None; and what was typed, with what was wrong with it."""
        sent = await self.request.form()
        values = {name: [value for value in sent.getlist(name) if isinstance(value, str)] for name in sent}
        plain = {name: _plain(shape, name, given) for name, given in values.items() if any(map(str.strip, given))}
        try:
            return shape.model_validate(plain), Typed(of, values)
        except ValidationError as invalid:
            found = field_errors(invalid.errors(include_url=False, include_input=False), self.speaker.language)
            errors = {error.field.partition(".")[0]: error.message for error in found}
            return None, Typed(of, values, errors, errors.pop("body", None))

    async def take(
        self,
        shape: type[F],
        of: str,
        do: Callable[[F], Awaitable[R]],
        draw: Callable[[Typed, int], Awaitable[Response]],
        then: Callable[[R], str],
    ) -> Response:
        """Do what a form says and go on to `then`; refused, `draw` the page anew with what was typed."""
        form, typed = await self.filled(shape, of)
        if form is None:
            return await draw(typed, 422)
        try:
            done = await do(form)
        except Refused as error:
            return await draw(self._refused(typed, error), error.status)
        return self.sent_back(then(done))

    def _refused(self, typed: Typed, error: Refused) -> Typed:
        """What was typed, with what the domain says to it."""
        said = translate(error.text, self.speaker.language, **error.inputs)
        return replace(typed, errors={error.field: said}) if error.field else replace(typed, problem=said)

    def sent_back(self, path: str) -> Response:
        """The page is shown anew, so that loading it again sends nothing twice."""
        return RedirectResponse(path, status_code=303)


def _plain(shape: type[FormIn], name: str, given: Sequence[str]) -> object:
    """Several values where the form takes several, else the last one."""
    field = shape.model_fields.get(name)
    several = field is not None and get_origin(field.annotation) is list
    return [value for value in given if value.strip()] if several else given[-1]


async def desk_of(request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Desk:
    """The dependency behind `AtDesk`."""
    return Desk(request, viewer, run, draw)


AtDesk = Annotated[Desk, Depends(desk_of)]
"""A parameter of a page's endpoint."""
