"""Saved views by their forms: saved from the present address, renamed, pinned, deleted and brought back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from services.intake.domain.saved_view import SavedView
from services.intake.domain.selection import Selection
from services.intake.handlers.views import delete_view, pin_view, rename_view, restore_view, save_view
from services.intake.pages.forms import Form, form_of
from services.intake.pages.looking import looking_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH
from services.intake.schemas.views import NameIn, ViewIn, ViewOut
from services.intake.views.form import FormView
from shared.errors import Refused
from shared.identity.policy import EVERYONE, Rule
from shared.web import problem
from shared.web.field_errors import FieldError
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.run import Run, Runner
from shared.web.shapes import Id

VIEWS: Final = "/intake/views"
POLICY: Final = [
    Rule("POST", VIEWS, EVERYONE),
    *(Rule("POST", f"{VIEWS}/{{view_id}}/{n}", EVERYONE) for n in ("names", "pins", "removals", "restorations")),
]

pages = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asking:
    """A form about views that was sent."""

    form: Form
    looking: Looking
    run: Run
    draw: Drawer
    action: str

    async def do(self, handler: Callable[..., Awaitable[SavedView]], *args: Any, undo: str = "") -> Response:
        """Do it and go back to the list as it was; `undo` is a view that can be brought back there."""
        try:
            await self.run(handler, *args, out=ViewOut)
        except Refused as refused:
            told = problem.refused(refused, self.looking.language)
            return self.again(told.errors or [FieldError(field="name", message=told.detail)], told.status)
        selection = Selection.read(self.form.one("query"))
        parts = [selection.address if selection else "", urlencode({"undo": undo} if undo else {})]
        query = "&".join(part for part in parts if part)
        return RedirectResponse(f"{PATH}?{query}" if query else PATH, status_code=303)

    def again(self, errors: Sequence[FieldError], status: int = 422) -> Response:
        """The form again, as it was typed."""
        return self.draw("view_refused.html", status, form=FormView(self.form.typed, errors), action=self.action)


async def asking_of(request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Asking:
    """The dependency behind `Asks`."""
    return Asking(await form_of(request), looking_of(request, viewer), run, draw, request.url.path)


Asks = Annotated[Asking, Depends(asking_of)]
"""A parameter of an endpoint: the form that was sent."""


@pages.post(VIEWS)
async def save(asks: Asks) -> Response:
    """Keep the present list as a view."""
    filled, errors = asks.form.read(ViewIn, asks.looking.language)
    if filled is None:
        return asks.again(errors)
    return await asks.do(save_view, filled.name, filled.query, filled.shared)


@pages.post(f"{VIEWS}/{{view_id}}/names")
async def rename(view_id: Id, asks: Asks) -> Response:
    """Give a view another name."""
    filled, errors = asks.form.read(NameIn, asks.looking.language)
    if filled is None:
        return asks.again(errors)
    return await asks.do(rename_view, view_id, filled.name)


@pages.post(f"{VIEWS}/{{view_id}}/pins")
async def pin(view_id: Id, asks: Asks) -> Response:
    """Pin a view, or no longer."""
    return await asks.do(pin_view, view_id, asks.form.one("pinned") == "true")


@pages.post(f"{VIEWS}/{{view_id}}/removals")
async def remove(view_id: Id, asks: Asks) -> Response:
    """Delete a view; the list then offers to bring it back."""
    return await asks.do(delete_view, view_id, undo=view_id)


@pages.post(f"{VIEWS}/{{view_id}}/restorations")
async def restore(view_id: Id, asks: Asks) -> Response:
    """Bring a deleted view back."""
    return await asks.do(restore_view, view_id)
