"""Every form on a card: an address each, done or refused with what was typed."""

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.api.complaints import found_complaint
from services.intake.pages.acts import ACTS, Act
from services.intake.pages.card import ONE
from services.intake.pages.forms import form_of
from services.intake.pages.looking import looking_of
from services.intake.pages.posted import Posted
from services.intake.schemas.cards import CardChanged
from shared.errors import Forbidden, Refused
from shared.identity.policy import Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.run import Runner
from shared.web.shapes import Id

POLICY: Final = [Rule("POST", f"{ONE}/{act.noun}", *act.roles) for act in ACTS]

pages = APIRouter(include_in_schema=False)


def _endpoint(act: Act) -> Callable[..., Awaitable[Response]]:
    """What answers one form."""

    async def post(complaint_id: Id, request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Response:
        form, looking = await form_of(request), looking_of(request, viewer)
        complaint = await found_complaint(complaint_id, request)
        if looking.eyes(complaint).sight.content != "all":
            raise Forbidden
        posted = Posted(
            complaint, act.noun, form, request, looking, draw, form.one("department") if act.of_department else ""
        )
        filled, errors = form.read(act.shape, looking.language)
        if filled is None:
            return await posted.wrong(errors)
        handler, args = act.call(filled, form)
        once = run.keyed(f"{act.noun}:{key}" if (key := form.one("key")) else None)
        try:
            await once(handler, complaint.id, *args, out=CardChanged)
        except Refused as refused:
            return await posted.refused(refused)
        return await posted.done(act.done)

    return post


for _act in ACTS:
    pages.post(f"{ONE}/{_act.noun}")(_endpoint(_act))
