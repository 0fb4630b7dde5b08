"""What the rules would say of what somebody is writing, and what looks alike, beside the form."""

from typing import Final

from fastapi import APIRouter, Response

from services.intake.api.lookalikes import lookalikes_of_text
from services.intake.domain.acceptance import weigh
from services.intake.domain.answers import read_answers
from services.intake.pages.staff_forms import AtDesk, Desk
from services.intake.pages.visits import typed_in
from services.intake.presenting.preview import PreviewPresenter
from services.intake.schemas.lookalikes import LookalikeOut, LookalikesIn
from shared.errors import Unavailable
from shared.identity.policy import EVERYONE, Rule
from shared.web.pages import Draw

PREVIEWS: Final = "/intake/previews"
POLICY = [Rule("POST", PREVIEWS, EVERYONE)]
LOOKED_AT: Final = ("body", "title", "kind", "hurt")

pages = APIRouter(include_in_schema=False)


@pages.post(PREVIEWS)
async def preview(desk: AtDesk, draw: Draw) -> Response:
    """What the rules would say of what is typed so far, and what looks alike; a part of a page, nothing is stored."""
    form = await typed_in(desk.request)
    looked_at = {
        name: text for name, text in form.items() if name in LOOKED_AT or name.startswith(("product.", "harm."))
    }
    filing, _wrong = read_answers(looked_at)
    if filing is None:
        return draw("preview.html", preview=None)
    organisation = desk.request.app.state.running.store.directory.organisation
    asked = LookalikesIn(text=f"{filing.headline()}\n{filing.body}"[:20_000], product_code=filing.product.code)
    presenter = PreviewPresenter(desk.rules, organisation, desk.language)
    return draw(
        "preview.html", preview=presenter.view(weigh(filing, desk.rules, organisation), await _alike(asked, desk))
    )


async def _alike(asked: LookalikesIn, desk: Desk) -> list[LookalikeOut] | None:
    """What looks alike; None while the index cannot say, which spoils nothing else."""
    try:
        return (await lookalikes_of_text(asked, desk.request, desk.viewer)).items
    except Unavailable:
        return None
