"""What came of a card: answers, the removal of its cause, how either side ended."""

from typing import Final

from services.intake.domain.complaint import Complaint
from services.intake.domain.parts import Answer
from services.intake.presenting.choices import REMEDIES
from services.intake.presenting.looking import Looking
from services.intake.presenting.options import EVIDENCE
from services.intake.presenting.queue import PATH
from services.intake.views.card import AnswerView, Fact, MomentView
from shared.language.i18n import _

INTERIM: Final = _("Progress told")
FINAL: Final = _("Answer")
VERIFIED: Final = _("By {person}, on evidence: {evidence}; for what was made from {day} on")
NOT_OURS: Final = _("Decided by {person}")
REFERRED: Final = _("Handed over to {body} by {person}")
ON_ANOTHER_CARD: Final = _("Verified on another card")
RATED: Final = _("{stars} of 5")
OUTCOMES: Final = {
    "verification": _("Removal verified"),
    "not_ours": _("Not ours"),
    "referral": _("Referred"),
    "rating": _("Rating"),
    "known_fix": _("Known fix"),
}


def answer_view(answer: Answer, looking: Looking) -> AnswerView:
    """An answer that was sent."""
    known = {body.code: body.names for body in looking.rules.card.policy.recourse}
    return AnswerView(
        stage=looking.say(FINAL if answer.stage == "final" else INTERIM),
        text=answer.text,
        by=looking.person(answer.sent_by or ""),
        at=answer.sent_at or answer.drafted_at,
        remedies=[looking.say(REMEDIES.get(code, code)) for code in answer.remedies],
        recourse=[known[code].in_(looking.language) if code in known else code for code in answer.recourse],
    )


def removal_view(complaint: Complaint, looking: Looking) -> MomentView | None:
    """What is done so that the cause goes."""
    removal = complaint.removal
    if removal is None:
        return None
    since = " · ".join(part for part in (removal.effective_from, removal.effective_lot) if part)
    return MomentView(0, removal.at, looking.person(removal.by), since, removal.text)


def outcome(complaint: Complaint, looking: Looking) -> list[Fact]:
    """How either side ended."""
    say = looking.say
    told: dict[str, str] = {}
    if (verified := complaint.verification) is not None:
        evidence, day = say(EVIDENCE[verified.evidence]), verified.effective_from
        told["verification"] = say(VERIFIED, person=looking.person(verified.by), evidence=evidence, day=day)
    if (ruling := complaint.not_ours) is not None:
        told["not_ours"] = f"{say(NOT_OURS, person=looking.person(ruling.by))}: {ruling.reason}"
    if (referral := complaint.referral) is not None:
        bodies = {body.code: body.names.in_(looking.language) for body in looking.rules.card.policy.referral}
        body = bodies.get(referral.body, referral.body)
        told["referral"] = f"{say(REFERRED, body=body, person=looking.person(referral.by))}: {referral.reason}"
    if (rating := complaint.rating) is not None:
        told["rating"] = " · ".join(filter(None, (say(RATED, stars=rating.stars), rating.words)))
    links: dict[str, str] = {}
    if complaint.known_fix:
        kind, _colon, card = complaint.known_fix.partition(":")
        told["known_fix"] = say(ON_ANOTHER_CARD) if card else kind
        links |= {"known_fix": f"{PATH}/{card}"} if card else {}
    return [Fact(say(OUTCOMES[name]), value, links.get(name)) for name, value in told.items()]
