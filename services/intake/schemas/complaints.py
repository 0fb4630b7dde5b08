"""Shapes of intake's API; never those of events."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import due_of
from services.intake.domain.sight import HarmKind, Hidden, KindsOnly, harm_kinds
from shared.contracts.because import Because
from shared.contracts.complaint import CategoryCandidate, HarmSummary, RoutedTo


class ComplaintOut(BaseModel):
    """One complaint, masked, with what was decided and why. `version` is its ETag.

    `people` have it in hand, `waits_for` are departments with something to do; `due_at` is when the next clock ends.
    `hidden`: what is kept back from the one who asks: nothing, what is said about health (`harm` is null then,
    `harm_kinds` says what is stated), or all but kind and progress.
    """

    id: str
    number: str
    state: str
    cause_state: str
    kind: str
    channel: str
    title: str
    body: str
    language: str
    product_code: str | None
    product_name: str | None
    lot: str | None
    manufactured_on: str | None
    bought_on: str | None
    remedy_sought: str | None
    harm: HarmSummary | None
    harm_kinds: list[HarmKind]
    hidden: Hidden
    occurred_at: datetime | None
    knowledge_at: datetime
    filed_at: datetime
    filed_by: str | None
    category: str
    category_name: dict[str, str]
    candidates: list[CategoryCandidate]
    hazards: list[str]
    severity: str
    complexity: str
    impact: str
    immediate_action: bool
    confidence: float
    departments: list[RoutedTo]
    because: list[Because]
    owner: str | None
    people: list[str]
    waits_for: list[str]
    issue_id: str | None
    open: bool
    closed_at: datetime | None
    due_at: datetime | None
    version: int

    @classmethod
    def of(cls, complaint: Complaint) -> Self:
        """A complaint as staff see it."""
        plain: dict[str, Any] = complaint.model_dump()
        harm = complaint.harm
        plain |= {"harm_kinds": harm_kinds(complaint), "hidden": ""}
        if isinstance(harm, KindsOnly):
            plain |= {"harm": None, "hidden": harm.hidden}
        return cls.model_validate({**plain, "due_at": due_of(complaint), "version": complaint.version})


class ComplaintFiled(BaseModel):
    """The answer to a filing, once complaint and events are durable."""

    id: str
    number: str
    state: str
    category: str
    severity: str
    hazards: list[str]
    departments: list[str]
    filed_at: datetime
    because: list[Because]

    @classmethod
    def of(cls, complaint: Complaint) -> Self:
        """What the one who filed needs to know."""
        return cls(
            id=complaint.id,
            number=complaint.number,
            state=complaint.state,
            category=complaint.category,
            severity=complaint.severity,
            hazards=complaint.hazards,
            departments=[routed.department for routed in complaint.departments],
            filed_at=complaint.filed_at,
            because=complaint.because,
        )
