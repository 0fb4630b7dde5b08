"""The issue (이슈): the problem behind one or more complaints, its step, and who is called about it."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from services.alerts.domain.case import SEVERITIES, Case, SeverityOrNone
from shared.contracts.because import Because
from shared.contracts.issue import (
    IssueGrew,
    IssueOpened,
    IssueShrank,
    Step,
)
from shared.db.aggregate import Aggregate, Document, index

LONGEST_LOG = 200


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
