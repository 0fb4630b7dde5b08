"""A card put together for its reader: what the rules, the organisation and the issues add to what is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from services.intake.domain.acceptance import Deciding
from services.intake.domain.card import Actor, Card
from services.intake.domain.clocks import running, stands_still, why_due
from services.intake.domain.complaint import Complaint
from services.intake.domain.guards import department_name
from services.intake.domain.holding import held_by
from services.intake.domain.issue import KnownIssue
from services.intake.domain.moving import state_on, whats_missing
from services.intake.domain.parts import Clock, SubCase
from services.intake.domain.states import TABLE
from services.intake.domain.waiting import quiet_ends, silence_ends
from services.intake.schemas.cards import (
    CardOut,
    CauseSide,
    ClockOut,
    CustomerSide,
    IssueOut,
    MissingOut,
    NextOut,
    SkippedOut,
    SubCaseOut,
)
from services.intake.schemas.complaints import ComplaintOut
from shared.identity.organisation import Organisation
from shared.identity.principal import Principal


@dataclass(frozen=True, slots=True)
class CardPresenter:
    """Puts cards together for one reader at one moment."""

    rules: Deciding
    organisation: Organisation
    viewer: Principal
    language: str
    now: datetime

    def card(self, complaint: Complaint, issue: KnownIssue | None) -> CardOut:
        """The whole card."""
        held = held_by(Actor.of(self.viewer), complaint, self.rules, self.organisation, self.now)
        return CardOut(
            **ComplaintOut.of(complaint).model_dump(),
            customer_side=self._customer(complaint),
            cause_side=self._cause(complaint),
            clocks=[self._clock(complaint, clock) for clock in complaint.clocks],
            next=self._next(complaint),
            issue=_issue(issue),
            missing=[
                MissingOut(code=one.code, department=one.department, message=one.in_(self.language))
                for one in (whats_missing(held) if complaint.open else ())
            ],
            actions=self.actions(held),
        )

    def actions(self, card: Card) -> list[str]:
        """The transitions that start from where the card stands and that the reader may do."""
        capacities = card.acts_as()
        return [
            transition.name
            for transition in TABLE
            if capacities & set(transition.who) and state_on(card, transition) in transition.before
        ]

    def _customer(self, complaint: Complaint) -> CustomerSide:
        return CustomerSide(
            state=complaint.state,
            owner=complaint.owner,
            answers=complaint.answers,
            pause=complaint.pause,
            objection_until=silence_ends(complaint, self.rules.card),
            resolved_at=complaint.resolved_at,
            referral=complaint.referral,
            rating=complaint.rating,
        )

    def _cause(self, complaint: Complaint) -> CauseSide:
        return CauseSide(
            state=complaint.cause_state,
            owing=complaint.owing,
            subcases=[self._subcase(complaint, subcase) for subcase in complaint.subcases],
            removal=complaint.removal,
            quiet_until=quiet_ends(complaint, self.rules.card),
            verification=complaint.verification,
            not_ours=complaint.not_ours,
            known_fix=complaint.known_fix,
        )

    def _subcase(self, complaint: Complaint, subcase: SubCase) -> SubCaseOut:
        cause = self.rules.card.causes.by_code.get(subcase.cause or "")
        return SubCaseOut(
            **subcase.model_dump(),
            owes=subcase.department in complaint.owing,
            cause_name=cause.names.model_dump() if cause else None,
            department_name=department_name(self.organisation, subcase.department).model_dump(),
        )

    def _clock(self, complaint: Complaint, clock: Clock) -> ClockOut:
        rules = self.rules.card
        still = stands_still(clock, complaint)
        level = rules.clocks.level_at(clock.stage) if clock.is_running and clock.next_at else None
        rule = rules.clocks.by_id.get(clock.rule)
        return ClockOut(
            name=clock.name,
            department=clock.department,
            start_at=clock.start_at,
            due_at=clock.due_at,
            met_at=clock.met_at,
            is_overdue=clock.is_running and not still and clock.due_at < self.now,
            pauses=clock.pauses,
            stands_still=still,
            next_level=level.level if level else None,
            next_at=None if still else clock.next_at,
            skipped=[self._skipped(day) for day in clock.skipped],
            source=rule.source if rule else None,
            because=why_due(clock),
        )

    def _skipped(self, day: str) -> SkippedOut:
        names = self.rules.card.calendar.why_closed(date.fromisoformat(day))
        return SkippedOut(day=day, names=names.model_dump() if names else {})

    def _next(self, complaint: Complaint) -> NextOut | None:
        if not complaint.open:
            return None
        due = [(clock.due_at, clock.name) for clock in running(complaint)]
        moments: list[tuple[datetime | None, str]] = [
            *due,
            (silence_ends(complaint, self.rules.card), "silence"),
            (quiet_ends(complaint, self.rules.card), "quiet_period"),
        ]
        first = min(((at, what) for at, what in moments if at is not None), default=None)
        return NextOut(what=first[1], at=first[0]) if first else None


def _issue(issue: KnownIssue | None) -> IssueOut | None:
    if issue is None:
        return None
    return IssueOut(
        id=issue.id,
        number=issue.number,
        step=issue.step,
        complaints=issue.complaints,
        acknowledged_by=issue.acknowledged_by,
    )
