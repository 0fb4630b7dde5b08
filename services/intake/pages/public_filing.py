"""The end of the public form: filed once whatever is clicked, then number and secret, shown to this browser alone."""

import os
from datetime import datetime
from functools import partial
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.limited import at_most
from services.intake.domain.drafts import FiledAlready
from services.intake.domain.secret import BYTES, write_secret
from services.intake.handlers.public_drafts import file_draft, throw_draft_away
from services.intake.pages.asking import FORM, Asked
from services.intake.pages.visits import (
    DRAFT,
    FROM_HERE,
    RECEIPT,
    RECEIPT_SECONDS,
    Visitor,
    forget,
    keep_sealed,
    sealed_in,
)
from services.intake.schemas.attachments import Done
from services.intake.schemas.public import PublicFiled
from services.intake.views.form import ReceiptView
from shared.identity.policy import PUBLIC, Rule
from shared.web.pages import Draw
from shared.web.run import Runner

DONE: Final = "/complaints/done"
POLICY = [
    Rule("POST", f"{FORM}/filings", PUBLIC),
    Rule("POST", f"{FORM}/discards", PUBLIC),
    Rule("GET", DONE, PUBLIC),
    Rule("POST", DONE, PUBLIC),
]

pages = APIRouter(include_in_schema=False)


@pages.post(f"{FORM}/filings", dependencies=[at_most("file")])
async def file(request: Request, visit: Visitor, asking: Asked, run: Runner) -> Response:
    """File the form. A second click, a reload and an old window get the same number and secret again."""
    if visit.draft is None:
        return RedirectResponse(FORM, status_code=303)
    filing = None
    if visit.draft.number is None:
        filing = asking.filing(visit.content)
        if filing is None:
            presenter = asking.presenter(visit.content)
            open_step = next((s for s in presenter.asked if asking.wrong(s, visit.content)), presenter.asked[0])
            return RedirectResponse(f"{FORM}/{open_step.id}?check=1", status_code=303)
    once = run.keyed(f"draft-{visit.id}")
    filed = await once(
        partial(file_draft, filing=filing, secret=write_secret(os.urandom(BYTES))), visit.id, out=PublicFiled
    )
    receipt = filed.model_dump(mode="json", include={"number", "secret", "due"})
    return keep_sealed(RedirectResponse(DONE, status_code=303), RECEIPT, receipt, RECEIPT_SECONDS, request)


@pages.post(f"{FORM}/discards", dependencies=[at_most("page")])
async def discard(visit: Visitor, run: Runner) -> Response:
    """Begin anew; what was typed is deleted."""
    await run.keyed(None)(throw_draft_away, visit.id, out=Done)
    return forget(RedirectResponse(FORM, status_code=303), DRAFT)


@pages.get(DONE, dependencies=[at_most("page")])
async def receipt(request: Request, visit: Visitor, draw: Draw) -> Response:
    """Number and secret; without the receipt's cookie only that something was filed."""
    kept = sealed_in(request, RECEIPT)
    if kept is not None:
        due = {name: datetime.fromisoformat(at) for name, at in kept["due"].items()}
        view = ReceiptView(kept["number"], kept["secret"], due)
        return draw("public_done.html", receipt=view, follow="/complaints/follow")
    if visit.draft is None or visit.draft.number is None:
        return RedirectResponse(FORM, status_code=303)
    return draw("public_filed_before.html", FiledAlready.status, number=visit.draft.number)


@pages.post(DONE, dependencies=[at_most("page"), FROM_HERE])
async def put_away() -> Response:
    """The visitor has noted both: this browser forgets them and the form."""
    return forget(RedirectResponse("/complaints/follow", status_code=303), RECEIPT, DRAFT)
