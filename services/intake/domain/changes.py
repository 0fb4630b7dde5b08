"""Two people on one card: a change is refused field by field when somebody else wrote the field meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.card import Card
from services.intake.domain.parts import Edit
from shared.errors import Point, Refused, Say
from shared.language.i18n import _
from shared.runtime.clock import KOREA

Value = str | None
Naming = Callable[[str, Value], object]
"""How a field's value is called by people: a name for a code, else the value itself."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a form was drawn from: the card's version, and the value of each field that it showed."""

    version: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else wrote since the form was drawn."""

    field: str
    value: Value
    shown: object
    by: str | None
    name: str
    at: datetime | None


class ChangedMeanwhile(Refused):
    """Somebody else wrote the same fields; nothing was overwritten."""

    text = _("Somebody else changed the same fields in the meantime. Nothing was overwritten: compare and send again.")
    status = 409
    _POINT = _("{name} changed this to “{value}” on {at}.")

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__()
        self.clashes = clashes

    @property
    def points(self) -> Sequence[Point]:
        """Each field, with who changed it to what and when."""
        return [
            Point(c.field, self._POINT, {"name": c.name, "value": c.shown, "at": _time(c.at)}) for c in self.clashes
        ]

    def members(self, say: Say) -> dict[str, object]:
        """The values that stand there now, for programs."""
        return {
            "changed": [
                {"field": c.field, "value": c.value, "by": c.by, "at": c.at.isoformat() if c.at else None}
                for c in self.clashes
            ]
        }


def refuse_overwriting(
    card: Card, now_there: Mapping[str, Value], wanted: Mapping[str, Value], drawn: Drawn | None, naming: Naming,
    prefix: str = "",
) -> None:  # fmt: skip
    """Raise `ChangedMeanwhile` for wanted fields that were written since the form was drawn; others are merged.

    A field is known by the value that the form showed, or else by the version of the card that it was drawn from.
    """
    if drawn is None:
        return
    clashes = []
    for field, value in wanted.items():
        there, edit = now_there[field], card.complaint.edits.get(prefix + field)
        if field in drawn.values:
            changed = drawn.values[field] != there
        else:
            changed = edit is not None and edit.version > drawn.version
        if changed and there != value:
            clashes.append(_clash(card, field, there, edit, naming))
    if clashes:
        raise ChangedMeanwhile(clashes)


def note_edits(card: Card, fields: Sequence[str]) -> None:
    """Remember who wrote these fields, and with which version of the card."""
    edit = Edit(by=card.by.name, at=card.now, version=card.complaint.version + 1)
    card.complaint.edits |= dict.fromkeys(fields, edit)


def as_it_is(_field: str, value: Value) -> object:
    """A value that needs no other name."""
    return value or "–"


def _clash(card: Card, field: str, there: Value, edit: Edit | None, naming: Naming) -> Clash:
    person = card.organisation.person(edit.by) if edit else None
    name = person.name if person else (edit.by if edit else "–")
    return Clash(field, there, naming(field, there), edit.by if edit else None, name, edit.at if edit else None)


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(KOREA):%Y-%m-%d %H:%M}" if at else "–"
