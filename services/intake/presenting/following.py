"""A complaint in the words of the one who complained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.intake.domain.acceptance import Deciding
from services.intake.domain.complaint import Complaint, Contact
from services.intake.domain.entry import Entry
from services.intake.domain.states import TRANSITIONS
from services.intake.domain.waiting import silence_ends
from services.intake.presenting.choices import REMEDIES
from services.intake.presenting.signs import STATES
from services.intake.views.following import AnswerShown, FollowView, StepTaken
from shared.contracts.card import ClockName
from shared.language.i18n import _, translate

HAPPENED: Final[Mapping[str, str]] = {
    "received": _("We received your complaint."),
    "assigned": _("It was given to the departments concerned."),
    "acknowledged": _("Somebody has taken it in hand."),
    "informed": _("We told you how far it is."),
    "answered": _("We answered."),
    "accepted": _("You accepted the answer."),
    "fell_silent": _("You did not object in time; the answer counts as accepted."),
    "refused": _("You refused the answer. Somebody else looks at it again."),
    "withdrawn": _("The complaint was withdrawn."),
    "referred": _("It was handed over to another body."),
    "reopened": _("It was opened again."),
    "paused": _("We wait for something from you."),
    "resumed": _("It goes on."),
    "verified": _("What led to it was removed, and we checked that."),
    "closed": _("Everything is done."),
    "rated": _("You rated how we dealt with it."),
}
ADDED: Final = _("You added something.")
ADDED_FILES: Final = _("You added files: {count}.")
NOW: Final[Mapping[str, str]] = {
    "received": _("We have received it and look at whom it concerns."),
    "assigned": _("The departments concerned have it."),
    "investigating": _("It is being looked into."),
    "answered": _("We have answered. Please tell us whether you accept it."),
    "reviewing": _("Somebody who was not concerned with it before looks at it again."),
    "resolved": _("It is settled for you. We go on until the cause is removed."),
    "reopened": _("It was opened again and is being looked into."),
    "withdrawn": _("You withdrew it. The cause is looked for all the same."),
    "referred": _("Another body has it now."),
}
CLOSED: Final = _("Everything is settled. If something is still wrong, you can ask below to open it again.")
REMOVED: Final = _("It is settled for you, and we have checked that what led to it is removed.")
DUE: Final[Mapping[ClockName, str]] = {
    "first_response": _("First reaction"),
    "progress": _("How far it is"),
    "resolution": _("Our answer"),
    "review": _("Our answer after the second look"),
}
OBJECT: Final = _("Until then you can object to the answer")
CUSTOMERS_WORDS: Final = frozenset({"refused", "withdrawn", "reopened", "rated", "commented"})
SHOWN_TEXTS: Final = CUSTOMERS_WORDS | {"paused"}
MAY: Final = ("accept", "refuse", "withdraw", "reopen")


@dataclass(frozen=True, slots=True)
class Followed:
    """Everything that the page is made of; `letters` are answers as they were written, by their id."""

    complaint: Complaint
    contact: Contact
    entries: Sequence[Entry]
    letters: Mapping[str, str]
    title: str
    said: str


def _now(complaint: Complaint) -> str:
    """Where it stands, as a message id."""
    if complaint.state != "resolved" or complaint.open:
        return NOW[complaint.state]
    return REMOVED if complaint.cause_state == "verified" else CLOSED


class FollowPresenter:
    """Speaks the customer's language."""

    def __init__(self, rules: Deciding, language: str) -> None:
        self._rules, self._language = rules, language

    def page(self, found: Followed, errors: Sequence[str] = (), words: str = "") -> FollowView:
        """The page of one complaint."""
        complaint = found.complaint
        return FollowView(
            number=complaint.number,
            title=found.title,
            said=found.said,
            filed_at=complaint.filed_at,
            sign=STATES[complaint.state],
            now=self._say(_now(complaint)),
            due=self._due(complaint),
            steps=[step for entry in found.entries if (step := self._step(entry))],
            answers=self._answers(found),
            may=self._may(complaint),
            files=len(complaint.attachments),
            stars=complaint.rating.stars if complaint.rating else None,
            errors=errors,
            words=words,
        )

    def _may(self, complaint: Complaint) -> frozenset[str]:
        """What the table of states lets the customer do, and rating once there was an answer."""
        can = {name for name in MAY if complaint.state in TRANSITIONS[name].before}
        if any(answer.sent_at and answer.stage == "final" for answer in complaint.answers):
            can.add("rate")
        return frozenset(can)

    def _due(self, complaint: Complaint) -> list[tuple[str, datetime]]:
        """What comes next and by when; what waits for the customer has no time of ours."""
        if complaint.state == "answered":
            ends = silence_ends(complaint, self._rules.card)
            return [(self._say(OBJECT), ends)] if ends else []
        if complaint.pause is not None:
            return []
        running = [clock for clock in complaint.clocks if clock.is_running and clock.name in DUE]
        return [(self._say(DUE[clock.name]), clock.due_at) for clock in sorted(running, key=lambda c: c.due_at)]

    def _step(self, entry: Entry) -> StepTaken | None:
        mine = entry.by == "customer"
        if entry.what == "commented" and mine:
            files = entry.details.get("files")
            words = self._say(ADDED_FILES, count=files) if files else self._say(ADDED)
            return StepTaken(entry.at, words, entry.text or "", mine)
        if entry.what not in HAPPENED or (entry.what == "acknowledged" and entry.department is None):
            return None
        text = entry.text if entry.what in SHOWN_TEXTS and (mine or entry.what == "paused") else ""
        return StepTaken(entry.at, self._say(HAPPENED[entry.what]), text or "", mine)

    def _answers(self, found: Followed) -> list[AnswerShown]:
        bodies = {body.code: body for body in self._rules.card.policy.recourse}
        return [
            AnswerShown(
                at=answer.sent_at,
                final=answer.stage == "final",
                text=found.letters.get(answer.id, answer.text),
                remedies=[self._say(REMEDIES.get(remedy, remedy)) for remedy in answer.remedies],
                recourse=[
                    f"{bodies[code].names.in_(self._language)} ({bodies[code].contact or ''})"
                    for code in answer.recourse
                    if code in bodies
                ],
            )
            for answer in found.complaint.answers
            if answer.sent_at is not None
        ]

    def _say(self, message_id: str, **inputs: object) -> str:
        return translate(message_id, self._language, **inputs)
