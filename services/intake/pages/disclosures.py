"""What a customer really wrote, shown once to who gives a reason; never kept by the browser."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, StringConstraints

from services.intake.api.complaints import found_complaint
from services.intake.handlers.disclosing import Disclosed, disclose
from services.intake.pages.card import ONE
from services.intake.pages.forms import form_of
from services.intake.pages.looking import looking_of
from services.intake.pages.posted import Posted
from services.intake.presenting.disclosed import original_of
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.run import Runner
from shared.web.shapes import Id, In

READERS: Final = ("agent", "cs_manager", "auditor")
POLICY: Final = [Rule("POST", f"{ONE}/disclosures", *READERS)]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=500)]

pages = APIRouter(include_in_schema=False)


class PurposeIn(In):
    """What it is needed for."""

    purpose: Purpose


class DisclosedOut(BaseModel):
    """What was unsealed, on its way to the page; never stored."""

    title: str | None
    body: str
    private: dict[str, Any]

    @classmethod
    def of(cls, disclosed: Disclosed) -> "DisclosedOut":
        """As the handler gives it."""
        return cls(title=disclosed.title, body=disclosed.body, private=disclosed.private)


@pages.post(f"{ONE}/disclosures")
async def show_original(complaint_id: Id, request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Response:
    """The card with the original in it, once the look is written down."""
    form, looking = await form_of(request), looking_of(request, viewer)
    complaint = await found_complaint(complaint_id, request)
    posted = Posted(complaint, "disclosures", form, request, looking, draw)
    filled, errors = form.read(PurposeIn, looking.language)
    if filled is None:
        return await posted.wrong(errors)
    try:
        found = await run.keyed(None)(disclose, complaint.id, filled.purpose, out=DisclosedOut)
    except Refused as refused:
        return await posted.refused(refused)
    return await posted.drawn(original_of(found.title, found.body, found.private, looking))
