"""Answers to the customer: written as a draft, sent by a named person; after a refusal by another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.changes import Drawn, Value, as_it_is, note_edits, refuse_overwriting
from services.intake.domain.clocks import CUSTOMERS, MET_BY_INTERIM, meet
from services.intake.domain.guards import Brought
from services.intake.domain.moving import move
from services.intake.domain.parts import Answer
from services.intake.domain.pausing import end_pause
from services.intake.domain.working import refuse_if_closed, updated
from shared.contracts.card import ComplaintAnswered
from shared.errors import Refused
from shared.language.i18n import _
from shared.privacy.masking import mask


class UnknownRecourse(Refused):
    """No body of the list."""

    text = _("There is no such body outside; choose one of the list.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is written to the customer: `interim` says how far it is, `final` what was decided."""

    stage: Literal["interim", "final"]
    text: str
    remedies: Sequence[str] = ()
    recourse: Sequence[str] = ()


def write_draft(card: Card, id: str, reply: Reply, drawn: Drawn | None, rules: CardRules) -> Answer:
    """Keep an answer that is not sent yet; there is one draft at a time, under its first `id`.

    Raises `UnknownRecourse`, `ChangedMeanwhile`, `CardClosed`.
    """
    refuse_if_closed(card)
    known = {body.code for body in rules.policy.recourse}
    if not known.issuperset(reply.recourse):
        raise UnknownRecourse("recourse")
    draft = card.complaint.draft
    if draft is None:
        draft = Answer(id=id, stage=reply.stage, text="", drafted_at=card.now)
        card.complaint.answers.append(draft)
        card.write("answer_drafted", answer_id=draft.id)
    _write_over(card, draft, reply, drawn)
    return draft


def send(card: Card, draft: Answer, rules: CardRules) -> None:
    """Send the draft. Raises `WrongState`, `NotPossibleYet` (review by another person, recourse named)."""
    complaint = card.complaint
    move(card, step_of(card, draft), Brought(rules, recourse=tuple(draft.recourse)))
    draft.sent_by, draft.sent_at = card.by.name, card.now
    if draft.stage == "final":
        end_pause(card, rules)
        complaint.answered_at = card.now
        meet(complaint, CUSTOMERS, card.now)
        card.write("answered", text=draft.text, answer_id=draft.id, remedies=draft.remedies, recourse=draft.recourse)
    else:
        meet(complaint, MET_BY_INTERIM, card.now)
        card.write("informed", text=draft.text, answer_id=draft.id)
    complaint.owner = complaint.owner or card.by.id
    complaint.record(_answered(card, draft))


def step_of(card: Card, draft: Answer) -> str:
    """The transition that sending means."""
    if draft.stage == "interim":
        return "inform"
    return "answer_again" if card.complaint.state == "reviewing" else "answer"


def _write_over(card: Card, draft: Answer, reply: Reply, drawn: Drawn | None) -> None:
    there = _values(Reply(draft.stage, draft.text, draft.remedies, draft.recourse))
    wanted = _values(Reply(reply.stage, mask(reply.text), reply.remedies, reply.recourse))
    changed = {field: value for field, value in wanted.items() if there[field] != value}
    refuse_overwriting(card, there, changed, drawn, as_it_is, "answer:")
    if not changed:
        return
    draft.stage, draft.text = reply.stage, mask(reply.text)
    draft.remedies, draft.recourse = list(reply.remedies), list(reply.recourse)
    draft.writers = [*(writer for writer in draft.writers if writer != card.by.name), card.by.name]
    draft.drafted_at = card.now
    note_edits(card, [f"answer:{field}" for field in changed])
    updated(card, "answer")


def _values(reply: Reply) -> dict[str, Value]:
    return {
        "stage": reply.stage,
        "text": reply.text,
        "remedies": ", ".join(reply.remedies),
        "recourse": ", ".join(reply.recourse),
    }


def _answered(card: Card, draft: Answer) -> ComplaintAnswered:
    return ComplaintAnswered(
        complaint_id=card.complaint.id,
        number=card.complaint.number,
        answer_id=draft.id,
        stage=draft.stage,
        remedies=draft.remedies,
        recourse=draft.recourse,
        by=card.by.name,
        answered_at=card.now,
    )
