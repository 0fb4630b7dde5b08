"""Facts about a complaint (소비자불만), told by intake. Texts are masked before they get here."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.because import Because
from shared.contracts.event import Event

Kind = Literal["complaint", "damage", "inquiry", "suggestion", "praise"]
"""불만 · 피해 · 문의 · 제안 · 칭찬; only the first two carry a CC Card."""

Severity = Literal["critical", "serious", "moderate", "minor"]


class HarmSummary(BaseModel):
    """How many people were hurt and how badly, without saying who (제품안전기본법 13조의2 looks at these)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    injured: int = 0
    treated: int = 0
    deaths: int = 0
    longest_treatment_weeks: int = 0
    fire_or_explosion: bool = False
    property_damage: bool = False


class RoutedTo(BaseModel):
    """A department called on, with the three levels of people in it (부서장 · 팀장 · 담당), by id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    department: str
    head: str
    lead: str
    assignee: str
    levels: list[str] = Field(default_factory=list)
    because: list[Because] = Field(default_factory=list)


class CategoryCandidate(BaseModel):
    """One of the best three categories, with its score between 0 and 1."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    category: str
    score: float
    because: list[Because] = Field(default_factory=list)


class ComplaintCreated(Event):
    """A complaint was accepted and numbered. `knowledge_at` is when the company knew; law's clocks count from it.

    `in_confidence`: it is about how an employee behaved; title and body say only that, nothing tells the product, and
    `hazards` is all that is told of harm in its words.
    """

    type: ClassVar[str] = "complaint.created"

    complaint_id: str
    number: str
    kind: Kind
    channel: str
    title: str
    body: str
    language: Literal["ko", "en"]
    product_code: str | None = None
    product_name: str | None = None
    lot: str | None = None
    category: str
    category_name: dict[str, str] = Field(default_factory=dict)
    severity: Severity
    hazards: list[str] = Field(default_factory=list)
    harm: HarmSummary = Field(default_factory=HarmSummary)
    occurred_at: datetime | None = None
    knowledge_at: datetime
    filed_at: datetime
    filed_by: str | None = None
    imported: bool = False
    in_confidence: bool = False
    because: list[Because] = Field(default_factory=list)


class ComplaintClassified(Event):
    """A complaint got its category, hazards, severity, complexity, impact and need for action (ISO 10002, 7.5).

    `previous_category` is what it was before; None the first time, when `complaint.created` says the same. `kind` may
    have been corrected too: it says whether there is a CC Card. `in_confidence` as in `complaint.created`.
    """

    type: ClassVar[str] = "complaint.classified"

    complaint_id: str
    number: str
    kind: Kind | None = None
    category: str
    category_name: dict[str, str] = Field(default_factory=dict)
    previous_category: str | None = None
    candidates: list[CategoryCandidate] = Field(default_factory=list)
    hazards: list[str] = Field(default_factory=list)
    severity: Severity
    complexity: str
    impact: str
    immediate_action: bool
    confidence: float
    in_confidence: bool = False
    because: list[Because] = Field(default_factory=list)


class ComplaintAssigned(Event):
    """Departments were called on; each has to give its cause and its prevention of recurrence."""

    type: ClassVar[str] = "complaint.assigned"

    complaint_id: str
    number: str
    departments: list[RoutedTo]
    because: list[Because] = Field(default_factory=list)
