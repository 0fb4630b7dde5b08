"""What follows a form on a card: the card as it is now, or the form again with what was typed and what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from services.intake.domain.changes import ChangedMeanwhile
from services.intake.domain.complaint import Complaint
from services.intake.pages.forms import Form
from services.intake.pages.looking import roster_of
from services.intake.pages.reading import card_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH
from services.intake.views.card import CardView, Original, Typed
from services.intake.views.form import FormView
from shared.errors import Refused
from shared.language.i18n import _
from shared.web import problem
from shared.web.field_errors import FieldError
from shared.web.pages import Drawer
from shared.web.sign_in import safe_next

WRONG: Final = _("Some fields are not accepted; each one says what would be right.")


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that was sent for one complaint. `noun` names it; one that stands for each department has `of` too."""

    complaint: Complaint
    noun: str
    form: Form
    request: Request
    looking: Looking
    draw: Drawer
    of: str = ""

    async def done(self, said: str) -> Response:
        """The card as it is now, in its place; a plain form is sent back to the page on which it stood."""
        await roster_of(self.request).take([self.complaint.id])
        if not self._is_part:
            return RedirectResponse(self._back, status_code=303)
        card = replace(await self._card(), done=self.looking.say(said))
        response = self.draw("card_part.html", card=card)
        response.headers["HX-Trigger-After-Settle"] = f'{{"card:done":{{"act":"{self.noun}"}}}}'
        return response

    async def drawn(self, original: Original) -> Response:
        """The card with what was unsealed in it, for this one answer only."""
        card = replace(await self._card(), original=original)
        if self._is_part:
            response = self.draw("card_part.html", card=card)
        else:
            response = self.draw("card.html", card=card, last_event=self.request.app.state.feed.latest)
        response.headers["Cache-Control"] = "no-store"
        return response

    async def wrong(self, errors: Sequence[FieldError]) -> Response:
        """The form again with what is wrong, by field."""
        return await self._again(self.looking.say(WRONG), errors, 422, {})

    async def refused(self, refused: Refused) -> Response:
        """The form again with what was refused; where somebody else wrote the same fields, with what they wrote."""
        told = problem.refused(refused, self.looking.language)
        clashes = refused.clashes if isinstance(refused, ChangedMeanwhile) else ()
        return await self._again(told.detail, told.errors, told.status, {c.field: c.value or "" for c in clashes})

    async def _again(
        self, refusal: str, errors: Sequence[FieldError], status: int, theirs: Mapping[str, str]
    ) -> Response:
        name = f"{self.noun}:{self.of}" if self.of else self.noun
        typed = Typed(name, FormView(self.form.typed, errors), refusal, theirs)
        card = replace(await self._card(), typed=typed)
        if not self._is_part:
            return self.draw("card.html", status, card=card, last_event=self.request.app.state.feed.latest)
        response = self.draw("card_part.html", status, card=card)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#card", "outerHTML"
        return response

    async def _card(self) -> CardView:
        return await card_of(self.complaint.id, self.request, self.looking, self._back)

    @property
    def _back(self) -> str:
        back = self.form.one("back")
        return safe_next(back) if back else f"{PATH}/{self.complaint.number}"

    @property
    def _is_part(self) -> bool:
        return "hx-request" in self.request.headers
