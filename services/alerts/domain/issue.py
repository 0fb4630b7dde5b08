"""The issue (이슈): the problem behind one or more complaints, its step, and who is called about it."""

from datetime import datetime, timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from services.alerts.domain.case import SEVERITIES, Case, SeverityOrNone
from services.alerts.domain.playbook import Playbook, StepDue
from shared.contracts.because import Because
from shared.contracts.issue import (
    IssueAcknowledged,
    IssueEscalated,
    IssueGrew,
    IssueOpened,
    IssueShrank,
    Step,
)
from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Conflict
from shared.language.i18n import _

LONGEST_LOG = 200


class NothingToAcknowledge(Conflict):
    """Nobody is called about the issue at the moment."""

    text = _("Nobody is being called about this issue now, so there is nothing to acknowledge.")


class AlreadyAcknowledged(Conflict):
    """Somebody was faster."""

    text = _("This step was acknowledged already.")


class LogEntry(BaseModel):
    """One thing that happened to the issue: a step, a call, an acknowledgement."""

    at: datetime
    what: Literal["opened", "escalated", "called", "acknowledged", "unanswered", "given_up"]
    step: Step
    person: str | None = None
    note: str | None = None
    because: list[Because] = Field(default_factory=list)


class Call(BaseModel):
    """Who is called on a step. `turn` counts from 0 along the chain, over all rounds."""

    step: Step
    chain: list[str]
    turn: int = 0
    acknowledge_by: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    given_up: bool = False

    @property
    def person(self) -> str:
        """Who is called now."""
        return self.chain[self.turn % len(self.chain)]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to acknowledge."""
        return self.acknowledged_by is None


class Issue(Aggregate):
    """One problem of one product. `open_series` is its series while it is open, so that there are never two.

    `severities` counts the alarming complaints by severity; `severity` is the worst of those in it now.
    """

    collection: ClassVar[str] = "issues"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("open_series", unique=True, partialFilterExpression={"open_series": {"$gt": ""}}),
        index("number", unique=True),
        index("-step", "-opened_at", "-_id"),
    )

    number: str
    open_series: str | None
    product_code: str | None = None
    product_name: str | None = None
    problem: str
    problem_name: dict[str, str] = Field(default_factory=dict)
    severity: SeverityOrNone = "none"
    step: Step = 0
    complaints: int = 0
    alarming: int = 0
    severities: dict[SeverityOrNone, int] = Field(default_factory=dict)
    opened_at: datetime
    because: list[Because] = Field(default_factory=list)
    call: Call | None = None
    log: list[LogEntry] = Field(default_factory=list)

    @property
    def state(self) -> Literal["watched", "open", "acknowledged"]:
        """Watched while nobody was called, open until somebody acknowledges."""
        if self.call is None:
            return "watched"
        return "open" if self.call.is_open else "acknowledged"

    def count(self, severity: SeverityOrNone, by: int) -> None:
        """Have more or fewer alarming complaints of a severity."""
        self.alarming += by
        self.severities[severity] = self.severities.get(severity, 0) + by
        there = [severity for severity in SEVERITIES if self.severities.get(severity)]
        self.severity = there[-1] if there else "none"

    def write(self, entry: LogEntry) -> None:
        """Keep what happened, the newest `LONGEST_LOG` entries."""
        self.log = [*self.log[-(LONGEST_LOG - 1) :], entry]


def open_issue(id: str, number: str, case: Case, now: datetime) -> Issue:
    """A new issue for the case's series; the case itself is added by `add_case`."""
    issue = Issue(
        id=id,
        number=number,
        open_series=case.series,
        product_code=case.product_code,
        product_name=case.product_name,
        problem=case.problem,
        problem_name=case.problem_name,
        opened_at=now,
    )
    issue.write(LogEntry(at=now, what="opened", step=0, because=case.because))
    issue.record(
        IssueOpened(
            issue_id=id,
            number=number,
            product_code=case.product_code,
            product_name=case.product_name,
            problem=case.problem,
            problem_name=case.problem_name,
            complaint_id=case.id,
            because=[_same_series(case), *case.because],
        )
    )
    return issue


def add_case(issue: Issue, case: Case) -> None:
    """Count a complaint in. Imported history is counted but alarms nobody."""
    case.issue_id = issue.id
    issue.complaints += 1
    issue.product_name = issue.product_name or case.product_name
    if not case.imported:
        issue.count(case.severity, 1)
    severity = case.severity if case.severity != "none" else "minor"
    issue.record(
        IssueGrew(
            issue_id=issue.id,
            complaint_id=case.id,
            complaints=issue.complaints,
            severity=severity,
            because=[_same_series(case)],
        )
    )


def take_out(issue: Issue, case: Case, because: list[Because]) -> None:
    """A complaint belongs elsewhere. The step stays: a step is never lowered by a rule."""
    issue.complaints -= 1
    if not case.imported:
        issue.count(case.severity, -1)
    issue.record(IssueShrank(issue_id=issue.id, complaint_id=case.id, complaints=issue.complaints, because=because))


def _same_series(case: Case) -> Because:
    inputs: dict[str, str | int | float | bool] = {
        "product": case.product_code or case.product_name or "",
        "problem": case.problem,
    }
    return Because(rule="grouping.same-series", version="1", inputs=inputs)


def due_step(issue: Issue, case: Case, playbook: Playbook) -> StepDue | None:
    """The step that the issue has to rise to because of this case; None when it is high enough."""
    if case.imported:
        return None
    due = playbook.step_for(issue.severity, issue.alarming, case.words)
    return due if due is not None and due.step > issue.step else None


def calls_again(issue: Issue, case: Case, playbook: Playbook, now: datetime) -> StepDue | None:
    """Why the acknowledged step has to call anew: this case alone is as grave, and the acknowledgement is old."""
    call = issue.call
    if case.imported or call is None or call.acknowledged_at is None:
        return None
    due = playbook.step_for(case.severity, 1, case.words)
    if due is None or due.step < issue.step or now < call.acknowledged_at + playbook.rule(call.step).calm:
        return None
    return StepDue(step=issue.step, because=due.because)


def escalate(issue: Issue, due: StepDue, chain: list[str], patience: timedelta, now: datetime) -> None:
    """Raise the step and call the first person of its chain; a step is never lowered here."""
    previous, issue.step = issue.step, due.step
    issue.because = [due.because]
    issue.call = Call(step=due.step, chain=chain, acknowledge_by=now + patience)
    issue.write(LogEntry(at=now, what="escalated", step=due.step, because=issue.because))
    _call(issue, issue.call, previous, [due.because], now)


def call_next(issue: Issue, call: Call, patience: timedelta, because: Because, now: datetime) -> None:
    """Nobody acknowledged in time: the next person of the chain is called."""
    issue.write(LogEntry(at=now, what="unanswered", step=issue.step, person=call.person, because=[because]))
    call.turn += 1
    call.acknowledge_by = now + patience
    _call(issue, call, issue.step, [because], now)


def _call(issue: Issue, call: Call, previous: Step, because: list[Because], now: datetime) -> None:
    issue.write(LogEntry(at=now, what="called", step=issue.step, person=call.person))
    issue.record(
        IssueEscalated(
            issue_id=issue.id,
            number=issue.number,
            step=issue.step,
            previous_step=previous,
            call=call.turn,
            called=[call.person],
            acknowledge_by=call.acknowledge_by,
            because=because,
        )
    )


def give_up(issue: Issue, call: Call, because: Because, now: datetime) -> None:
    """The whole chain was silent in every round: nobody else can be called, and the issue stays unanswered."""
    call.given_up = True
    issue.write(LogEntry(at=now, what="given_up", step=issue.step, person=call.person, because=[because]))


def unanswered(call: Call, playbook: Playbook) -> Because:
    """Why the next is called."""
    return Because(
        rule="playbook.unanswered",
        version=playbook.version,
        inputs={"step": call.step, "called": call.person},
        threshold=playbook.rule(call.step).acknowledge_within,
    )


def acknowledge(issue: Issue, person: str, note: str | None, now: datetime) -> None:
    """A person takes the call. Raises `NothingToAcknowledge`, `AlreadyAcknowledged`."""
    if issue.call is None:
        raise NothingToAcknowledge
    if not issue.call.is_open:
        raise AlreadyAcknowledged
    issue.call.acknowledged_by, issue.call.acknowledged_at = person, now
    issue.write(LogEntry(at=now, what="acknowledged", step=issue.step, person=person, note=note))
    issue.record(IssueAcknowledged(issue_id=issue.id, number=issue.number, step=issue.step, by=person))
