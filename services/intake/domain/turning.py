"""What was filed as a question turns out to be a complaint, or the other way round: the card begins, or ends."""

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.clocks import drop_causes, start
from services.intake.domain.complaint import WITH_CARD
from services.intake.domain.customer import tell_reopened
from services.intake.domain.guards import Brought
from services.intake.domain.moving import move
from shared.contracts.because import Because
from shared.contracts.complaint import Kind


def turn_into(card: Card, kind: Kind, reason: str, rules: CardRules) -> None:
    """Give a complaint its right kind (불만 · 피해 · 문의 · 제안 · 칭찬); only the first two carry a CC Card.

    Its departments then owe a cause, or owe none any more. Raises `NotYours`, `NotPossibleYet`.
    """
    complaint, had_card = card.complaint, card.complaint.has_card
    has_card, brought = kind in WITH_CARD, Brought(rules, reason=reason)
    if had_card and not has_card:
        move(card, "end_card", brought)
        drop_causes(complaint)
    complaint.kind = kind
    if has_card and not had_card:
        move(card, "begin_card", brought)
        for subcase in complaint.subcases:
            start(complaint, "cause", rules, card.now, subcase.department)
        if complaint.closed_at is not None:
            tell_reopened(card, "cause", [Because(rule="override.kind", version="1", inputs={"by": card.by.name})])
