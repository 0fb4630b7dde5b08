"""Shapes of alerts' API; never those of events."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, StringConstraints

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Call, Issue, LogEntry
from services.alerts.domain.message import Message
from shared.contracts.because import Because
from shared.web.shapes import FormIn, In

LONGEST_NOTE = 2000
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE)]


class AcknowledgeIn(In):
    """What the person who takes a call does first."""

    note: Note | None = None


class AcknowledgeForm(FormIn):
    """The same from a page."""

    note: Note | None = None


class CallOut(BaseModel):
    """Who is called and until when; `turn` counts from 0 along `chain`, over all rounds."""

    step: int
    person: str
    chain: list[str]
    turn: int
    acknowledge_by: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    given_up: bool

    @classmethod
    def of(cls, call: Call) -> Self:
        """The call of an issue."""
        return cls.model_validate({**call.model_dump(), "person": call.person})


class IssueOut(BaseModel):
    """One issue. `version` is its ETag."""

    id: str
    number: str
    state: str
    step: int
    severity: str
    product_code: str | None
    product_name: str | None
    problem: str
    problem_name: dict[str, str]
    complaints: int
    opened_at: datetime
    because: list[Because]
    call: CallOut | None
    version: int

    @classmethod
    def of(cls, issue: Issue) -> Self:
        """An issue as others see it."""
        plain: dict[str, Any] = issue.model_dump(exclude={"call", "log", "open_series", "alarming", "severities"})
        call = CallOut.of(issue.call) if issue.call else None
        return cls.model_validate({**plain, "state": issue.state, "call": call, "version": issue.version})


class IssueDetail(IssueOut):
    """One issue with everything that happened to it, oldest first."""

    log: list[LogEntry]

    @classmethod
    def of(cls, issue: Issue) -> Self:
        """An issue with its log."""
        return cls.model_validate({**IssueOut.of(issue).model_dump(), "log": issue.log})


class CaseOut(BaseModel):
    """A complaint behind an issue, masked."""

    id: str
    number: str
    title: str
    product_code: str | None
    lot: str | None
    category: str
    hazard: str | None
    severity: str
    imported: bool
    filed_at: datetime
    because: list[Because]

    @classmethod
    def of(cls, case: Case) -> Self:
        """A case as others see it."""
        return cls.model_validate(case.model_dump())


class MessageOut(BaseModel):
    """An in-app message to the one who asks."""

    id: str
    issue_id: str
    number: str
    step: int
    turn: int
    at: datetime

    @classmethod
    def of(cls, message: Message) -> Self:
        """A message."""
        return cls.model_validate(message.model_dump())
