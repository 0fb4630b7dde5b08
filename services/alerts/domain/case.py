"""A complaint as alerts knows it: its own copy of what it needs, kept by the newest word per field."""

from datetime import datetime
from typing import ClassVar, Literal, get_args

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated, HarmSummary
from shared.db.aggregate import Aggregate, Document, index
from shared.language.hazards import HazardRules
from shared.runtime.clock import KOREA

SeverityOrNone = Literal["none", "minor", "moderate", "serious", "critical"]
SEVERITIES: tuple[SeverityOrNone, ...] = get_args(SeverityOrNone)
"""From harmless to worst."""
NO_PRODUCT = "-"
WITH_CARD = {"complaint", "damage"}
HURT = "injury"
"""The kind of harm that was stated of persons: it does not say what hurt them."""
RANK: dict[SeverityOrNone, int] = {severity: place for place, severity in enumerate(SEVERITIES)}


Weighed = tuple[str, SeverityOrNone, list[Because]]
"""A kind of harm, how grave it is, and why."""


class Case(Aggregate):
    """Copy of a complaint. `category_sequence` is the complaint's event that the category was taken from; `judgement`
    is which of its issue's judgements it was counted under. Without `has_card` it is a question or praise, and is not.
    """

    collection: ClassVar[str] = "cases"
    indexes: ClassVar[tuple[Document, ...]] = (index("issue_id", "-filed_at", "-_id"),)
    awaited: ClassVar[bool] = True

    number: str
    title: str
    product_code: str | None = None
    product_name: str | None = None
    lot: str | None = None
    category: str
    category_name: dict[str, str] = Field(default_factory=dict)
    category_sequence: int
    hazard: str | None = None
    hazard_name: dict[str, str] = Field(default_factory=dict)
    severity: SeverityOrNone = "none"
    because: list[Because] = Field(default_factory=list)
    imported: bool = False
    has_card: bool = True
    filed_at: datetime
    issue_id: str | None = None
    judgement: int = 0

    @property
    def problem(self) -> str:
        """What it is about: the hazard if there is a grave one, else the category."""
        return f"hazard:{self.hazard}" if self._is_hazard else f"category:{self.category}"

    @property
    def problem_name(self) -> dict[str, str]:
        """The problem in words, by language."""
        return self.hazard_name if self._is_hazard else self.category_name

    @property
    def _is_hazard(self) -> bool:
        return self.hazard is not None and self.severity != "minor"

    @property
    def series(self) -> str:
        """Product and problem: complaints with the same series belong to one issue.

        A grave complaint about a product that is not named stands alone: nobody knows that it is the same one.
        """
        product = self.product_code or self.product_name
        if product is None and self.severity == "critical":
            return f"{NO_PRODUCT}|{self.problem}|{self.id}"
        return f"{product or NO_PRODUCT}|{self.problem}"

    @property
    def words(self) -> list[str]:
        """The words that decided."""
        return [word for reason in self.because for word in reason.words]

    @property
    def day(self) -> str:
        """The day on which it was filed, in Korea (`2026-11-22`)."""
        return self.filed_at.astimezone(KOREA).date().isoformat()


def weigh(event: ComplaintCreated, sequence: int, hazards: HazardRules) -> Case:
    """The case of a new complaint, with its worst hazard by words or by the harm stated (제품안전기본법 13조의2)."""
    hazard, severity, because = _worst(event, hazards)
    return Case(
        id=event.complaint_id,
        number=event.number,
        title=event.title,
        product_code=event.product_code,
        product_name=event.product_name,
        lot=event.lot,
        category=event.category,
        category_name=event.category_name,
        category_sequence=sequence,
        hazard=hazard,
        hazard_name=hazards.names[hazard].model_dump() if hazard else {},
        severity=severity,
        because=because,
        imported=event.imported,
        has_card=event.kind in WITH_CARD,
        filed_at=event.filed_at,
    )


def _worst(event: ComplaintCreated, hazards: HazardRules) -> tuple[str | None, SeverityOrNone, list[Because]]:
    """The gravest of what was stated and what the words tell; both say why."""
    found: list[Weighed] = [stated] if (stated := _stated_harm(event.harm)) else []
    found += _told_in_confidence(event) if event.in_confidence else _read(event, hazards)
    if not found:
        return None, "none", []
    # Among equals the dictionary's order decides, not the order of words: the same accident is one issue.
    kind, severity, because = max(found, key=lambda each: RANK[each[1]])
    named = max(found[1:], key=lambda each: RANK[each[1]], default=None) if stated else None
    if kind == HURT and named is not None and RANK[named[1]] >= RANK["serious"]:
        kind = named[0]  # that somebody was hurt says how grave it is; the words say by what, as they do for others
    others = [reason for _, _, reasons in found for reason in reasons if reason not in because]
    return kind, severity, [*because, *others]


def _read(event: ComplaintCreated, hazards: HazardRules) -> list[Weighed]:
    """What the words tell, in the dictionary's order of kinds."""
    rank = list(hazards.names)
    told = sorted(hazards.weigh(f"{event.title}\n{event.body}").found, key=lambda hazard: rank.index(hazard.kind))
    return [(hazard.kind, hazard.severity, [hazard.because]) for hazard in told]


def _told_in_confidence(event: ComplaintCreated) -> list[Weighed]:
    """What intake found in words that nobody else reads: the gravest hazard, as grave as the complaint."""
    because = Because(rule="harm.in_confidence", version="1", inputs={"number": event.number})
    return [(kind, event.severity, [because]) for kind in event.hazards[:1]]


def _stated_harm(harm: HarmSummary) -> Weighed | None:
    """Harm that was stated outright needs no words: it is taken as it is."""
    facts = {name: value for name, value in harm.model_dump().items() if value and name != "property_damage"}
    if not facts:
        return None
    kind = "death" if harm.deaths else "fire" if harm.fire_or_explosion else HURT
    grave = harm.deaths or harm.fire_or_explosion or harm.treated or harm.longest_treatment_weeks
    return kind, "critical" if grave else "serious", [Because(rule="harm.stated", version="1", inputs=facts)]


def reclassify(case: Case, event: ComplaintClassified, sequence: int) -> bool:
    """Take the newer category and kind; False when newer ones are known already or nothing changes."""
    if sequence <= case.category_sequence:
        return False
    case.category_sequence = sequence
    before = case.series, case.has_card
    case.category, case.category_name = event.category, event.category_name
    if event.kind is not None:
        case.has_card = event.kind in WITH_CARD
    if event.in_confidence:  # it turned out to be about an employee
        case.title, case.because = event.category_name.get("ko", event.category), []
    return (case.series, case.has_card) != before
