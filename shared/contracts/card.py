"""Facts about a complaint's CC Card (CC 카드) after it was assigned, told by intake. Staff stand in them by id only."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.event import Event

CustomerState = Literal[
    "received", "assigned", "investigating", "answered", "reviewing", "resolved", "reopened", "withdrawn", "referred"
]
"""접수 · 배정 · 조사 중 · 답변 · 재검토 · 해결 · 재개 · 철회 · 이관."""

CauseState = Literal["none", "unknown", "found", "removing", "verified", "not_ours"]
"""해당 없음 · 원인 미상 · 원인 확인 · 제거 중 · 제거 확인 · 우리 책임 아님; `none` for what carries no CC Card."""

ClockName = Literal["acknowledge", "first_response", "progress", "resolution", "review", "cause"]
"""담당 확인 · 첫 응답 · 진행 경과 · 처리 결과 · 재검토 · 부서 원인 회신."""

Level = Literal["assignee", "lead", "head", "executive"]
"""담당 · 팀장 · 부서장 · 임원."""

Evidence = Literal["test_report", "inspection", "document", "figures", "observation"]
"""시험성적서 · 점검 기록 · 문서 · 수치 · 관찰."""


class ComplaintAcknowledged(Event):
    """Someone who was called on took the complaint in hand."""

    type: ClassVar[str] = "complaint.acknowledged"

    complaint_id: str
    number: str
    by: str
    department: str | None = None
    acknowledged_at: datetime


class ComplaintUpdated(Event):
    """Something about the card changed that no other event tells. `what` names the parts, never what they say."""

    type: ClassVar[str] = "complaint.updated"

    complaint_id: str
    number: str
    what: list[str]
    state: CustomerState
    cause_state: CauseState
    by: str | None = None
    because: list[Because] = Field(default_factory=list)


class ComplaintAnswered(Event):
    """An answer went to the one who complained. `interim` tells how far it is, `final` what was decided."""

    type: ClassVar[str] = "complaint.answered"

    complaint_id: str
    number: str
    answer_id: str
    stage: Literal["interim", "final"]
    remedies: list[str] = Field(default_factory=list)
    recourse: list[str] = Field(default_factory=list)
    by: str
    answered_at: datetime


class ComplaintResolved(Event):
    """The customer's side is done: by their acceptance, or by their silence after a stated time."""

    type: ClassVar[str] = "complaint.resolved"

    complaint_id: str
    number: str
    how: Literal["accepted", "accepted_by_phone", "silence", "nothing_to_answer"]
    by: str | None = None
    resolved_at: datetime
    because: list[Because] = Field(default_factory=list)


class ComplaintReopened(Event):
    """A side that was done is open again; `side` says which."""

    type: ClassVar[str] = "complaint.reopened"

    complaint_id: str
    number: str
    side: Literal["customer", "cause"]
    state: CustomerState
    cause_state: CauseState
    by: str | None = None
    because: list[Because] = Field(default_factory=list)


class ComplaintClosed(Event):
    """Both sides are done: the customer's, and the cause's."""

    type: ClassVar[str] = "complaint.closed"

    complaint_id: str
    number: str
    state: CustomerState
    cause_state: CauseState
    closed_at: datetime


class ComplaintEscalated(Event):
    """A clock comes to its end, or has passed it: the next level is called. `assignee` is warned before."""

    type: ClassVar[str] = "complaint.escalated"

    complaint_id: str
    number: str
    clock: ClockName
    level: Level
    department: str
    called: list[str]
    due_at: datetime
    because: list[Because] = Field(default_factory=list)


class ComplaintOverdue(Event):
    """A clock has passed its end without what it asks for."""

    type: ClassVar[str] = "complaint.overdue"

    complaint_id: str
    number: str
    clock: ClockName
    department: str
    due_at: datetime
    because: list[Because] = Field(default_factory=list)


class ComplaintRated(Event):
    """The one who complained said how content they are, from 1 to 5 stars. Their words stay in intake."""

    type: ClassVar[str] = "complaint.rated"

    complaint_id: str
    number: str
    stars: int = Field(ge=1, le=5)
    rated_at: datetime


class ComplaintWithdrawn(Event):
    """The one who complained took it back; the cause's side goes on."""

    type: ClassVar[str] = "complaint.withdrawn"

    complaint_id: str
    number: str
    by: str | None = None
    withdrawn_at: datetime


class ComplaintReferred(Event):
    """The customer's side was handed over to a body outside; the cause's side goes on."""

    type: ClassVar[str] = "complaint.referred"

    complaint_id: str
    number: str
    body: str
    by: str
    referred_at: datetime
