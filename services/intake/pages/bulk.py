"""One action for up to 200 complaints: each is done or refused for itself, and says so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from services.intake.api.complaints import complaints_of
from services.intake.api.work import CS
from services.intake.domain.card import WORKING_ROLES
from services.intake.domain.complaint import Complaint
from services.intake.handlers.assigning import assign_owner
from services.intake.handlers.cards import Changing
from services.intake.handlers.customer_side import comment_on
from services.intake.pages.forms import Form, form_of
from services.intake.pages.looking import looking_of, roster_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH
from services.intake.schemas.cards import CardChanged
from services.intake.schemas.changes import MOST_AT_ONCE
from services.intake.views.bulk import BulkView, Outcome
from services.intake.views.form import FormView
from shared.errors import Forbidden, NotFound, Refused, Unavailable
from shared.identity.policy import Rule
from shared.language.i18n import _
from shared.web import problem
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.run import Run, Runner
from shared.web.shapes import Id, In, Text
from shared.web.sign_in import safe_next

BULK: Final = "/intake/bulk"
PICKERS: Final = WORKING_ROLES | {"cco", "ceo"}
"""Roles that work through lists."""
POLICY: Final = [Rule("POST", f"{BULK}/assignments", *CS), Rule("POST", f"{BULK}/comments", *PICKERS)]
ASSIGNED: Final = _("Assigned.")
COMMENTED: Final = _("Comment added.")

pages = APIRouter(include_in_schema=False)
Picked = Annotated[list[Id], Field(min_length=1, max_length=MOST_AT_ONCE)]


class AssignIn(In):
    """Whom to give the complaints to that were picked."""

    pick: Picked
    owner: Id


class CommentIn(In):
    """What to write to the complaints that were picked."""

    pick: Picked
    text: Annotated[Text, StringConstraints(max_length=5000)]


@pages.post(f"{BULK}/assignments")
async def assign(request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Response:
    """Say who answers all that were picked."""
    form, looking = await form_of(request), looking_of(request, viewer)
    filled, errors = form.read(AssignIn, looking.language)
    if filled is None:
        return draw("bulk.html", 422, bulk=BulkView([], _back(form), FormView(form.typed, errors)))
    outcomes = await Each(assign_owner, (filled.owner, None), ASSIGNED, run, looking, request).of(filled.pick)
    return draw("bulk.html", bulk=BulkView(outcomes, _back(form)))


@pages.post(f"{BULK}/comments")
async def comment(request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Response:
    """Write the same comment to all that were picked."""
    form, looking = await form_of(request), looking_of(request, viewer)
    filled, errors = form.read(CommentIn, looking.language)
    if filled is None:
        return draw("bulk.html", 422, bulk=BulkView([], _back(form), FormView(form.typed, errors)))
    outcomes = await Each(comment_on, (filled.text,), COMMENTED, run, looking, request).of(filled.pick)
    return draw("bulk.html", bulk=BulkView(outcomes, _back(form)))


@dataclass(frozen=True, slots=True)
class Each:
    """The same change of many cards."""

    handler: Changing
    args: tuple[Any, ...]
    done: str
    run: Run
    looking: Looking
    request: Request

    async def of(self, picked: Sequence[str]) -> list[Outcome]:
        """What became of each that was picked, in order."""
        ids = list(dict.fromkeys(picked))
        known = await complaints_of(self.request).those(ids, {})
        outcomes = await asyncio.gather(*(self._one(id, known.get(id)) for id in ids))
        await roster_of(self.request).take(ids)
        return list(outcomes)

    async def _one(self, id: str, complaint: Complaint | None) -> Outcome:
        number, language = complaint.number if complaint else id, self.looking.language
        try:
            if complaint is None:
                raise NotFound
            if self.looking.eyes(complaint).sight.content != "all":
                raise Forbidden
            await self.run.keyed(None)(self.handler, id, *self.args, out=CardChanged)
        except Refused as refused:
            return Outcome(number, f"{PATH}/{number}", problem.refused(refused, language).detail, is_done=False)
        except Unavailable as away:
            return Outcome(number, f"{PATH}/{number}", problem.unavailable(away, language).detail, is_done=False)
        return Outcome(number, f"{PATH}/{number}", self.looking.say(self.done), is_done=True)


def _back(form: Form) -> str:
    back = form.one("back")
    return safe_next(back) if back else PATH
