"""The end of the cause's side: verified as removed, decided not to be ours, or open again because it came back."""

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.causes import owes_anew, tell_returned
from services.intake.domain.clocks import drop_causes, start
from services.intake.domain.customer import tell_reopened
from services.intake.domain.guards import Brought
from services.intake.domain.moving import move
from services.intake.domain.parts import Ruling, Verification
from services.intake.domain.recurrence import Fix
from services.intake.domain.waiting import why_quiet
from services.intake.domain.working import refuse_if_closed, updated
from shared.contracts.because import Because
from shared.contracts.card import Evidence
from shared.contracts.cause import CauseVerified
from shared.contracts.improvement import ImprovementVerified
from shared.privacy.masking import mask


def verify_by_hand(card: Card, evidence: Evidence, text: str, recurred_on: str | None, rules: CardRules) -> Fix:
    """The CS office verifies on evidence, after the quiet period; never the one who made the fix.

    `recurred_on` is a complaint that shows that the cause came back. Gives back what later complaints are held to.
    """
    refuse_if_closed(card)
    because = [why_quiet(card.complaint, rules)]
    move(card, "verify", Brought(rules, evidence=evidence, recurred_on=recurred_on))
    removal = card.complaint.removal
    fix = Fix(
        id=f"card:{card.complaint.id}",
        effective_from=(removal.effective_from if removal else None) or card.now.date().isoformat(),
        effective_lot=removal.effective_lot if removal else None,
        verified_at=card.now,
        verified_by=card.by.name,
        evidence=evidence,
    )
    _verified(card, fix, None, mask(text), because)
    return fix


def verify_by_improvement(card: Card, told: ImprovementVerified, fix: Fix, rules: CardRules) -> bool:
    """A verified improvement task opens the way; whether this card's cause was found and is verified by it."""
    if card.complaint.cause_state not in ("found", "removing") or card.complaint.owing:
        return False
    move(card.as_system(), "verify_by_improvement", Brought(rules))
    inputs: dict[str, str | int | float | bool] = {
        "improvement_id": told.improvement_id,
        "effective_from": fix.effective_from,
    }
    because = [Because(rule="improvement.verified", version="1", inputs=inputs), *told.because]
    _verified(card, fix, told.improvement_id, None, because)
    return True


def known_before_fix(card: Card, cause: str, fix: Fix, because: Because, rules: CardRules) -> None:
    """The unit comes from before a fix that was verified: this cause is known, nothing is opened again.

    When all causes of the card are known so, its cause's side is verified by the same fix.
    """
    complaint = card.complaint
    complaint.known_fix = fix.id
    for subcase in complaint.subcases:
        if subcase.cause == cause and not subcase.owes:
            subcase.fix = fix.id
    card.as_system().write("known_before_fix", because=[because], cause=cause, fix=fix.id)
    if complaint.cause_state == "found" and all(subcase.fix for subcase in complaint.subcases):
        move(card.as_system(), "verify_by_improvement", Brought(rules))
        improvement = None if fix.id.startswith("card:") else fix.id
        _verified(card.as_system(), fix, improvement, None, [because])


def recur(card: Card, because: Because, rules: CardRules) -> bool:
    """The cause came back: the cause's side is open again and its departments owe anew; the customer's side stays."""
    complaint = card.complaint
    for subcase in complaint.subcases:
        if subcase.fix == because.inputs.get("fix"):
            subcase.fix = None
    if complaint.cause_state != "verified":
        return False
    move(card, "recur", Brought(rules))
    complaint.reopened += 1
    card.write("recurred", because=[because])
    for subcase in complaint.subcases:
        owes_anew(card, subcase, None, rules)
        tell_returned(card, subcase.department, [because])
    tell_reopened(card, "cause", [because])
    return True


def disown(card: Card, reason: str, rules: CardRules) -> None:
    """Decide, with a name and a reason, that the cause is not ours."""
    refuse_if_closed(card)
    move(card, "disown", Brought(rules, reason=reason))
    masked = mask(reason)
    card.complaint.not_ours = Ruling(by=card.by.name, at=card.now, reason=masked)
    drop_causes(card.complaint)
    card.write("not_ours", text=masked)
    updated(card, "cause_state")


def look_again(card: Card, reason: str, rules: CardRules) -> None:
    """The cause's side is open again by a person's decision: those who have not answered owe, the others anew."""
    move(card, "look_again", Brought(rules, reason=reason))
    complaint = card.complaint
    complaint.reopened += 1
    card.write("looked_again", text=mask(reason))
    for subcase in complaint.subcases:
        if subcase.owes:
            start(complaint, "cause", rules, card.now, subcase.department, again=True)
        else:
            owes_anew(card, subcase, None, rules)
    tell_reopened(card, "cause", [Because(rule="card.looked_again", version="1", inputs={"by": card.by.name})])


def _verified(
    card: Card, fix: Fix, improvement: str | None, text: str | None, because: list[Because]
) -> None:  # fmt: skip
    complaint = card.complaint
    complaint.verification = Verification(
        by=fix.verified_by, at=card.now, evidence=fix.evidence, text=text, improvement_id=improvement,
        effective_from=fix.effective_from, effective_lot=fix.effective_lot, because=because,
    )  # fmt: skip
    card.write("verified", text=text, because=because, evidence=fix.evidence, verified_by=fix.verified_by, fix=fix.id)
    complaint.record(
        CauseVerified.model_validate(
            {
                "complaint_id": complaint.id,
                "number": complaint.number,
                "causes": [subcase.cause for subcase in complaint.subcases if subcase.cause],
                "product_code": complaint.product_code,
                "improvement_id": improvement,
                "effective_from": fix.effective_from,
                "effective_lot": fix.effective_lot,
                "verified_by": fix.verified_by,
                "evidence": fix.evidence,
                "verified_at": card.now,
                "because": because,
            }
        )
    )
