"""Rows on their way to a plan: the entry that each would make, judged for itself and against its likes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.sharing.domain.department import Department, new_department
from services.sharing.domain.entries import DepartmentEntry, PersonEntry
from services.sharing.domain.importing.rows import IDENTITY, Problem, Read
from services.sharing.domain.person import LAST, Person, Span, new_person, wrong_leaves
from shared.errors import Refused
from shared.language.i18n import _


class StandsTwice(Refused):
    """The same id in several rows: nobody can say which is right. Inputs: `rows`."""

    text = _("The same id stands in rows {rows}; keep the right one.")


class Missing(Refused):
    """A new entry without what every entry needs."""

    text = _("This is needed for a new entry.")


@dataclass
class Standing:
    """The directory as it is: everyone whom the import names, and of the others what the checks need."""

    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    active: set[str] = field(default_factory=set)
    deputies: dict[str, list[Span]] = field(default_factory=dict)
    administrators: set[str] = field(default_factory=set)
    members: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Draft:
    """One row on its way: the entry as it would be, which fields are other than now, or what is wrong."""

    read: Read
    person: Person | None = None
    department: Department | None = None
    fields: list[str] = field(default_factory=list)
    is_new: bool = False
    version: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the row is out."""
        return bool(self.problems)

    def refuse(self, refusals: Iterator[Refused] | Sequence[Refused]) -> bool:
        """Take what is wrong; whether anything was."""
        self.problems += [Problem.of(refused) for refused in refusals]
        return self.refused


def drafts_of(rows: Sequence[Read], standing: Standing) -> list[Draft]:
    """Each row as the entry that it would make, judged for itself and against its likes."""
    places: dict[tuple[str, str], list[int]] = {}
    for read in rows:
        places.setdefault((read.kind, read.id), []).append(read.row)
    return [_draft(read, standing, places[read.kind, read.id]) for read in rows]


def _draft(read: Read, standing: Standing, same: list[int]) -> Draft:
    draft = Draft(read, problems=list(read.problems))
    if read.id and len(same) > 1:
        draft.refuse([StandsTwice(IDENTITY[read.kind], rows=", ".join(map(str, same[:10])))])
    if draft.refused or read.entry is None:
        return draft
    if isinstance(read.entry, PersonEntry):
        _make_person(draft, read.entry, standing)
    else:
        _make_department(draft, read.entry, standing)
    return draft


def _make_person(draft: Draft, entry: PersonEntry, standing: Standing) -> None:
    before, changes = standing.people.get(entry.id), entry.changes()
    if before is None:
        missing = [Missing(name) for name in ("name", "department") if name not in changes]
        if draft.refuse(missing):
            return
        draft.person, draft.is_new = new_person(entry.id, {"call_order": LAST, **changes}), True
        draft.fields = sorted(changes)
    else:
        draft.person, draft.version = before.model_copy(), before.version
        draft.fields = draft.person.alter(changes)
    draft.refuse(wrong_leaves(draft.person.leaves))


def _make_department(draft: Draft, entry: DepartmentEntry, standing: Standing) -> None:
    before, changes = standing.departments.get(entry.code), entry.changes()
    if before is None:
        if draft.refuse([Missing("name_ko")] if "names" not in changes else []):
            return
        draft.department, draft.is_new = new_department(entry.code, changes), True
        draft.fields = sorted(changes)
    else:
        draft.department, draft.version = before.model_copy(), before.version
        draft.fields = draft.department.alter(changes)
