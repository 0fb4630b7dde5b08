"""A card as its page shows it to one reader: nothing that they do not see, nothing that they may not do."""

from collections.abc import Sequence, Set
from typing import Final
from urllib.parse import parse_qsl, urlencode

from services.intake.domain.card import Actor, Card
from services.intake.domain.clocks import running
from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.issue import KnownIssue
from services.intake.domain.moving import whats_missing
from services.intake.domain.overriding import FIELDS
from services.intake.domain.parts import Answer, Clock
from services.intake.domain.sight import harm_kinds
from services.intake.presenting import signs
from services.intake.presenting.choices import REMEDIES, SHORT_KINDS
from services.intake.presenting.clocks import clock_view
from services.intake.presenting.decisions import called_on, decisions
from services.intake.presenting.facts import facts, harm_words
from services.intake.presenting.looking import Looking
from services.intake.presenting.offers import offers
from services.intake.presenting.options import causes, options
from services.intake.presenting.queue import PATH
from services.intake.presenting.subcases import subcase_view
from services.intake.presenting.timeline import Timeline
from services.intake.views.card import AnswerView, CardView, ClockView, Fact, MomentView
from shared.language.i18n import _
from shared.web.words import SEVERITIES, STEPS

INTERIM: Final = _("Progress told")
FINAL: Final = _("Answer")
VERIFIED: Final = _("Verified by {person} on {evidence}")
NOT_OURS: Final = _("Decided by {person}")
REFERRED: Final = _("Handed over to {body} by {person}")
RATED: Final = _("{stars} of 5")
OUTCOMES: Final = {
    "verification": _("Removal verified"),
    "not_ours": _("Not ours"),
    "referral": _("Referred"),
    "rating": _("Rating"),
    "known_fix": _("Known fix"),
}


class CardPagePresenter:
    """Draws cards for one reader. `key` makes a form that is sent twice count once."""

    def __init__(self, looking: Looking, back: str, key: str) -> None:
        self._looking, self._back, self._key = looking, back, key

    def card(self, stored: Complaint, entries: Sequence[Entry], issue: KnownIssue | None) -> CardView:
        """The whole card."""
        looking, eyes = self._looking, self._looking.eyes(stored)
        held, seen = self._held(stored), eyes.complaint(stored)
        timeline = Timeline(looking)
        readable = eyes.sight.content == "all"
        offered = list(offers(held, looking.rules.card, looking.language)) if readable and eyes.sight.changes else []
        return CardView(
            id=stored.id,
            number=stored.number,
            version=stored.version,
            kind=looking.say(SHORT_KINDS[stored.kind]),
            has_card=stored.has_card,
            is_open=stored.open,
            title=seen.title,
            body=seen.body,
            hidden=eyes.hidden,
            severity=SEVERITIES[stored.severity],
            state=signs.STATES[stored.state],
            cause=signs.CAUSES[stored.cause_state] if stored.has_card else None,
            due=self._due(stored),
            paused=seen.pause.reason if seen.pause else None,
            filed_at=stored.filed_at,
            closed_at=stored.closed_at,
            facts=facts(seen, looking),
            harm=harm_words(seen, harm_kinds(seen), looking),
            clocks=[clock_view(clock, stored, looking) for clock in _in_order(stored.clocks)],
            subcases=[subcase_view(one, seen, held, eyes.sight.changes and readable, looking) for one in seen.subcases],
            answers=[self._answer(answer) for answer in seen.answers if answer.sent_at is not None],
            timeline=[timeline.moment(entry) for entry in eyes.entries(stored, entries)],
            decisions=decisions(seen, looking) if readable else [],
            departments=called_on(seen, looking) if readable else [],
            missing=[one.in_(looking.language) for one in whats_missing(held)] if stored.open else [],
            offers={offer.name: offer for offer in offered},
            drawn=_drawn(stored, {offer.name for offer in offered}),
            options=options(looking) if offered else {},
            owner=looking.person(stored.owner) if stored.owner else None,
            issue=issue.number if issue else None,
            issue_href=f"/alerts/of/{stored.id}" if stored.has_card else None,
            issue_step=STEPS[issue.step] if issue else None,
            may_see_original=eyes.sight.original,
            back=self._back,
            key=self._key,
            list_href=_list_behind(self._back),
            causes=causes(looking) if any(held.works_on(one.department) for one in stored.subcases) else (),
            removal=self._removal(seen),
            outcome=self._outcome(seen),
        )

    def _held(self, complaint: Complaint) -> Card:
        office = self._looking.rules.classification.routing.cs_office
        return Card(complaint, Actor.of(self._looking.viewer), self._looking.now, self._looking.organisation, office)

    def _due(self, complaint: Complaint) -> ClockView | None:
        first = min(running(complaint), key=lambda clock: clock.due_at, default=None)
        return clock_view(first, complaint, self._looking) if first else None

    def _answer(self, answer: Answer) -> AnswerView:
        looking, known = self._looking, {body.code: body.names for body in self._looking.rules.card.policy.recourse}
        return AnswerView(
            stage=looking.say(FINAL if answer.stage == "final" else INTERIM),
            text=answer.text,
            by=looking.person(answer.sent_by or ""),
            at=answer.sent_at or answer.drafted_at,
            remedies=[looking.say(REMEDIES.get(code, code)) for code in answer.remedies],
            recourse=[known[code].in_(looking.language) if code in known else code for code in answer.recourse],
        )

    def _removal(self, complaint: Complaint) -> MomentView | None:
        removal = complaint.removal
        if removal is None:
            return None
        since = " · ".join(part for part in (removal.effective_from, removal.effective_lot) if part)
        return MomentView(0, removal.at, self._looking.person(removal.by), since, removal.text)

    def _outcome(self, complaint: Complaint) -> list[Fact]:
        looking, say = self._looking, self._looking.say
        told: dict[str, str] = {}
        if (verified := complaint.verification) is not None:
            told["verification"] = say(VERIFIED, person=looking.person(verified.by), evidence=verified.effective_from)
        if (ruling := complaint.not_ours) is not None:
            told["not_ours"] = f"{say(NOT_OURS, person=looking.person(ruling.by))}: {ruling.reason}"
        if (referral := complaint.referral) is not None:
            bodies = {body.code: body.names.in_(looking.language) for body in looking.rules.card.policy.referral}
            body = bodies.get(referral.body, referral.body)
            told["referral"] = f"{say(REFERRED, body=body, person=looking.person(referral.by))}: {referral.reason}"
        if (rating := complaint.rating) is not None:
            told["rating"] = " · ".join(filter(None, (say(RATED, stars=rating.stars), rating.words)))
        if complaint.known_fix:
            told["known_fix"] = complaint.known_fix
        return [Fact(say(OUTCOMES[name]), value) for name, value in told.items()]


def _in_order(clocks: Sequence[Clock]) -> list[Clock]:
    """Those that run first, by when they end; then those that were met."""
    return sorted(clocks, key=lambda clock: (clock.met_at is not None, clock.due_at))


def _drawn(complaint: Complaint, offered: Set[str]) -> dict[str, str]:
    """The values that the forms on offer are drawn from, as they stand now."""
    drawn: dict[str, str] = {}
    if "override" in offered:
        drawn |= {name: getattr(complaint, name) or "" for name in FIELDS}
    if "own" in offered:
        drawn["owner"] = complaint.owner or ""
    if "answer" in offered:
        draft = complaint.draft
        drawn |= {"answer.stage": draft.stage if draft else "", "answer.text": draft.text if draft else ""}
        drawn |= {"answer.remedies": ", ".join(draft.remedies) if draft else ""}
        drawn |= {"answer.recourse": ", ".join(draft.recourse) if draft else ""}
    return drawn


def _list_behind(back: str) -> str:
    """The list beside which the card stands, without the card."""
    path, _mark, query = back.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "card"]
    return f"{PATH}?{urlencode(kept)}" if kept and path == PATH else PATH
