"""A card as its page shows it to one reader: nothing that they do not see, nothing that they may not do."""

from collections.abc import Sequence, Set
from typing import Any
from urllib.parse import parse_qsl, urlencode

from services.intake.domain.card import Actor, Card
from services.intake.domain.clocks import running
from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.holding import held_by
from services.intake.domain.issue import KnownIssue
from services.intake.domain.moving import whats_missing
from services.intake.domain.overriding import FIELDS
from services.intake.domain.parts import Clock
from services.intake.domain.sight import harm_kinds
from services.intake.presenting import signs
from services.intake.presenting.choices import SHORT_KINDS
from services.intake.presenting.clocks import clock_view
from services.intake.presenting.decisions import called_on, decisions
from services.intake.presenting.facts import facts, harm_words
from services.intake.presenting.looking import Looking
from services.intake.presenting.offers import offers
from services.intake.presenting.options import causes, options
from services.intake.presenting.outcomes import answer_view, outcome, removal_view
from services.intake.presenting.queue import PATH
from services.intake.presenting.subcases import subcase_view
from services.intake.presenting.timeline import Timeline
from services.intake.views.card import CardView, ClockView
from shared.web.words import SEVERITIES, STEPS


class CardPagePresenter:
    """Draws cards for one reader. `key` makes a form that is sent twice count once."""

    def __init__(self, looking: Looking, back: str, key: str) -> None:
        self._looking, self._back, self._key = looking, back, key

    def card(self, stored: Complaint, entries: Sequence[Entry], issue: KnownIssue | None) -> CardView:
        """The whole card."""
        looking, eyes = self._looking, self._looking.eyes(stored)
        held, seen = self._held(stored), eyes.complaint(stored)
        timeline, readable = Timeline(looking), eyes.sight.content == "all"
        offered = list(offers(held, looking.rules.card, looking.language)) if readable and eyes.sight.changes else []
        return CardView(
            **self._tag(stored, seen),
            **self._sides(seen, held, readable and eyes.sight.changes),
            hidden=eyes.hidden,
            facts=facts(seen, looking),
            harm=harm_words(seen, harm_kinds(seen), looking),
            timeline=[timeline.moment(entry) for entry in eyes.entries(stored, entries)],
            decisions=decisions(seen, looking) if readable else [],
            departments=called_on(seen, looking) if readable else [],
            missing=[one.in_(looking.language) for one in whats_missing(held)] if stored.open else [],
            offers={offer.name: offer for offer in offered},
            drawn=_drawn(stored, {offer.name for offer in offered}),
            options=options(looking) if offered else {},
            causes=causes(looking) if any(held.works_on(one.department) for one in stored.subcases) else (),
            issue=issue.number if issue else None,
            issue_href=f"/alerts/of/{stored.id}" if stored.has_card else None,
            issue_step=STEPS[issue.step] if issue else None,
            may_see_original=eyes.sight.original,
            back=self._back,
            key=self._key,
            list_href=_list_behind(self._back),
        )

    def _tag(self, stored: Complaint, seen: Complaint) -> dict[str, Any]:
        """What stands on top."""
        looking = self._looking
        return {
            "id": stored.id,
            "number": stored.number,
            "version": stored.version,
            "kind": looking.say(SHORT_KINDS[stored.kind]),
            "has_card": stored.has_card,
            "is_open": stored.open,
            "title": seen.title,
            "body": seen.body,
            "severity": SEVERITIES[stored.severity],
            "state": signs.STATES[stored.state],
            "cause": signs.CAUSES[stored.cause_state] if stored.has_card else None,
            "due": self._due(stored),
            "paused": seen.pause.reason if seen.pause else None,
            "filed_at": stored.filed_at,
            "closed_at": stored.closed_at,
            "owner": looking.person(stored.owner) if stored.owner else None,
        }

    def _sides(self, seen: Complaint, held: Card, changes: bool) -> dict[str, Any]:
        """What was done on either side."""
        looking = self._looking
        return {
            "clocks": [clock_view(clock, seen, looking) for clock in _in_order(seen.clocks)],
            "subcases": [subcase_view(one, seen, held, changes, looking) for one in seen.subcases],
            "answers": [answer_view(answer, looking) for answer in seen.answers if answer.sent_at is not None],
            "removal": removal_view(seen, looking),
            "outcome": outcome(seen, looking),
        }

    def _held(self, complaint: Complaint) -> Card:
        looking = self._looking
        return held_by(Actor.of(looking.viewer), complaint, looking.rules, looking.organisation, looking.now)

    def _due(self, complaint: Complaint) -> ClockView | None:
        first = min(running(complaint), key=lambda clock: clock.due_at, default=None)
        return clock_view(first, complaint, self._looking) if first else None


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
