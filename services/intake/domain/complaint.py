"""The complaint (소비자불만) and what stands beside it. Only masked text is in it."""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import Field

from services.intake.domain.persons import Consent
from services.intake.domain.sides import Sides
from shared.contracts.because import Because
from shared.contracts.complaint import (
    CategoryCandidate,
    ComplaintAssigned,
    ComplaintClassified,
    ComplaintCreated,
    HarmSummary,
    Kind,
    RoutedTo,
    Severity,
)
from shared.contracts.event import Event
from shared.db.aggregate import Aggregate, Document, index

WITH_CARD = ("complaint", "damage")
"""Kinds that carry a CC Card (불만, 피해); for the others there is no cause to remove."""
OPEN: Document = {"partialFilterExpression": {"open": True}}


class Complaint(Sides):
    """One complaint with its CC Card's two sides: the customer's and the cause's."""

    collection: ClassVar[str] = "complaints"
    lean: ClassVar[bool] = True
    indexes: ClassVar[tuple[Document, ...]] = (
        index("number", unique=True),
        index("-filed_at", "-_id"),
        index("category", "-filed_at", "-_id"),
        index("severity", "-filed_at", "-_id"),
        index("product_code", "-filed_at", "-_id"),
        index("channel", "-filed_at", "-_id"),
        index("issue_id", "-filed_at", "-_id", partialFilterExpression={"issue_id": {"$gt": ""}}),
        index("state", "-filed_at", "-_id"),
        index("cause_state", "-filed_at", "-_id"),
        index("waits_for", "-filed_at", "-_id", **OPEN),
        index("people", "-filed_at", "-_id", **OPEN),
        index("due_at", "_id", **OPEN),
    )

    number: str
    kind: Kind
    channel: str
    title: str
    body: str
    language: Literal["ko", "en"]
    product_code: str | None = None
    product_name: str | None = None
    product_said: str | None = None
    product_line: str | None = None
    lot: str | None = None
    manufactured_on: str | None = None
    bought_on: str | None = None
    remedy_sought: str | None = None
    harm: HarmSummary = Field(default_factory=HarmSummary)
    occurred_at: datetime | None = None
    place: str | None = None
    represented_by: str | None = None
    attachments: list[str] = Field(default_factory=list)
    knowledge_at: datetime
    filed_at: datetime
    filed_by: str | None = None
    imported: bool = False
    category: str
    category_name: dict[str, str]
    candidates: list[CategoryCandidate] = Field(default_factory=list)
    hazards: list[str] = Field(default_factory=list)
    severity: Severity
    complexity: str
    impact: str
    immediate_action: bool
    confidence: float
    departments: list[RoutedTo] = Field(default_factory=list)
    because: list[Because] = Field(default_factory=list)

    @property
    def has_card(self) -> bool:
        """Whether its cause has to be found and removed."""
        return self.kind in WITH_CARD

    def tell(self) -> None:
        """Record the facts that a new complaint starts with."""
        self.record(ComplaintCreated(complaint_id=self.id, **self._said_in(ComplaintCreated)))
        self.record(ComplaintClassified(complaint_id=self.id, **self._said_in(ComplaintClassified)))
        if self.departments and not self.imported:
            self.state = "assigned"
            reasons = [reason for routed in self.departments for reason in routed.because]
            self.record(
                ComplaintAssigned(
                    complaint_id=self.id, number=self.number, departments=self.departments, because=reasons
                )
            )

    def _said_in(self, event: type[Event]) -> dict[str, Any]:
        """The fields that an event shares with the complaint."""
        own = self.__dict__
        return {name: own[name] for name in _shared_fields(event)}


@cache
def _shared_fields(event: type[Event]) -> tuple[str, ...]:
    return tuple(name for name in event.model_fields if name in Complaint.model_fields)


class Contact(Aggregate):
    """Who complained, in their own words: sealed under a key of their own, read by nobody without a reason."""

    collection: ClassVar[str] = "contacts"

    key: bytes
    private: bytes
    original: bytes
    consent: Consent | None = None
    secret_hash: str | None = None


class Submission(Aggregate):
    """What became of a complaint that came by topic; tells the sender, and remembers the sender's key."""

    collection: ClassVar[str] = "submissions"

    content: str
    complaint_id: str | None = None
    number: str | None = None
    accepted_at: datetime | None = None
