"""The CS office corrects what the machine decided, or what was filed; remembered so that it can be learned from."""

from collections.abc import Mapping
from typing import cast

from services.intake.domain.acceptance import Deciding
from services.intake.domain.card import Card
from services.intake.domain.changes import Drawn, Value, note_edits, refuse_overwriting
from services.intake.domain.clocks import reapply
from services.intake.domain.complaint import Complaint
from services.intake.domain.confidence import to_the_heads
from services.intake.domain.parts import Override
from services.intake.domain.turning import turn_into
from shared.contracts.because import Because
from shared.contracts.card import ComplaintUpdated
from shared.contracts.complaint import ComplaintClassified, Kind
from shared.errors import Conflict, Refused
from shared.language.i18n import _
from shared.privacy.masking import mask

CLASSIFIED = ("kind", "category", "severity")
FACTS = ("product_code", "product_name", "lot", "manufactured_on", "bought_on")
TYPED = ("product_code", "product_name", "lot")
"""What people type; they write names and numbers into any field."""
FIELDS = (*CLASSIFIED, *FACTS)


class UnknownCategory(Refused):
    """No category of the taxonomy."""

    text = _("There is no such category; choose one of the list.")


class NothingChanged(Conflict):
    """Everything is as it was wanted already."""

    text = _("Nothing would change: everything is as you want it already.")


def override(card: Card, wanted: Mapping[str, Value], reason: str, drawn: Drawn | None, deciding: Deciding) -> None:
    """Set the wanted fields. Raises `UnknownCategory`, `ChangedMeanwhile`, `NothingChanged`, what `turn_into` does."""
    complaint = card.complaint
    names = deciding.category_names
    if "category" in wanted and wanted["category"] not in names:
        raise UnknownCategory("category")
    wanted = {field: mask(value) if value and field in TYPED else value for field, value in wanted.items()}
    there: dict[str, Value] = {field: getattr(complaint, field) for field in FIELDS}
    refuse_overwriting(card, there, wanted, drawn, lambda field, value: _shown(field, value, deciding))
    changed = {field: value for field, value in wanted.items() if there[field] != value}
    if not changed:
        raise NothingChanged
    _set(card, changed, there, reason, deciding)
    _tell(card, changed, there)


def _set(card: Card, changed: Mapping[str, Value], there: Mapping[str, Value], reason: str, deciding: Deciding) -> None:
    complaint = card.complaint
    if "kind" in changed:
        turn_into(card, cast(Kind, changed["kind"]), reason, deciding.card)
    for field, value in changed.items():
        setattr(complaint, field, value)
        correction = Override(
            field=field, before=there[field], after=value, by=card.by.name, at=card.now, reason=reason
        )
        complaint.overrides.append(correction)
        card.write("overridden", text=reason, field=field, before=there[field], after=value)
    if "category" in changed:
        complaint.category_name = deciding.category_names[complaint.category]
        if complaint.category in deciding.sight.about_conduct:
            to_the_heads(card)
    note_edits(card, list(changed))
    reapply(complaint, deciding.card)


def _tell(card: Card, changed: Mapping[str, Value], there: Mapping[str, Value]) -> None:
    complaint = card.complaint
    because = [_because(card, field, there[field], value) for field, value in changed.items()]
    if changed.keys() & set(CLASSIFIED):
        complaint.record(reclassified(complaint, there["category"], because))
    if changed.keys() - set(CLASSIFIED):
        complaint.record(
            ComplaintUpdated(
                complaint_id=complaint.id,
                number=complaint.number,
                what=sorted(changed.keys() - set(CLASSIFIED)),
                state=complaint.state,
                cause_state=complaint.cause_state,
                by=card.by.id,
                because=because,
            )
        )


def reclassified(complaint: Complaint, previous: str | None, because: list[Because]) -> ComplaintClassified:
    """The event by which others move the complaint to where it belongs."""
    return ComplaintClassified(
        complaint_id=complaint.id,
        number=complaint.number,
        kind=complaint.kind,
        category=complaint.category,
        category_name=complaint.category_name,
        previous_category=previous,
        candidates=complaint.candidates,
        hazards=complaint.hazards,
        severity=complaint.severity,
        complexity=complaint.complexity,
        impact=complaint.impact,
        immediate_action=complaint.immediate_action,
        confidence=complaint.confidence,
        because=because,
    )


def _because(card: Card, field: str, before: Value, after: Value) -> Because:
    inputs: dict[str, str | int | float | bool] = {"by": card.by.name, "before": before or "", "after": after or ""}
    return Because(rule=f"override.{field}", version="1", inputs=inputs)


def _shown(field: str, value: Value, deciding: Deciding) -> object:
    if field == "category" and value:
        found = {c.code: c.names for c in deciding.classification.taxonomy.file.categories}
        return found.get(value, value)
    return value or "–"
