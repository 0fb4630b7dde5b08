"""Shapes of intake's API; never those of events."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from services.intake.domain.complaint import Complaint
from shared.contracts.because import Because
from shared.contracts.complaint import CategoryCandidate, HarmSummary, RoutedTo


class ComplaintOut(BaseModel):
    """One complaint, masked, with what was decided and why. `version` is its ETag."""

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
    harm: HarmSummary
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
    version: int

    @classmethod
    def of(cls, complaint: Complaint) -> Self:
        """A complaint as staff see it."""
        plain: dict[str, Any] = complaint.model_dump()
        return cls.model_validate({**plain, "version": complaint.version})


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
