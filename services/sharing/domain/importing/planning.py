"""What an import would do: every row against the directory as it would be afterwards, bad ones apart.

A row that is refused is not there for the others either, so all are looked at again until nothing changes any more.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from services.sharing.domain.department import Department, wrong_levels, wrong_successor
from services.sharing.domain.deputies import circle_through, maybe_in_circles
from services.sharing.domain.importing.drafts import Draft, Standing
from services.sharing.domain.importing.rows import Read
from services.sharing.domain.person import Person, Span, deputies_named, stands_in, wrong_references
from services.sharing.domain.refusals.directory import (
    DeputiesInCircle,
    LastAdministrator,
    StillHasPeople,
    StillInCharge,
    SuccessorNeeded,
    UnknownPerson,
)
from shared.errors import Refused
from shared.identity.organisation import PERSON_ID
from shared.language.i18n import _

ADMIN = "admin"


class NobodyNamed(Refused):
    """A complete list in which nobody stands: then everybody would have left."""

    text = _("A complete list has to name people; without any, everybody would be marked as having left.")


class MayBeMeant(Refused):
    """Some rows do not say whom they are about: this person, perhaps. Inputs: `rows`."""

    text = _("Rows {rows} do not say whom they are about; correct them, then it can be told who is missing.")


def leavers(rows: Sequence[Read], standing: Standing) -> Iterator[Draft]:
    """Everyone who works here and is not in the file, as having left; a refused row counts as being in it.

    Raises `NobodyNamed`.
    """
    named = {read.id: read.row for read in rows if read.kind == "people"}
    if not named:
        raise NobodyNamed("mark_left")
    unclear = [row for id, row in named.items() if not re.fullmatch(PERSON_ID, id)]
    why = [MayBeMeant("active", rows=", ".join(map(str, unclear[:10])))] if unclear else []
    for id in sorted(standing.active - named.keys()):
        person = standing.people[id].model_copy()
        draft = Draft(Read(0, id, "people", None, []), person=person, version=standing.people[id].version)
        draft.fields = person.alter({"active": False})
        draft.refuse(why)
        yield draft


def settle(drafts: list[Draft], standing: Standing) -> None:
    """Refuse what does not fit together, and again what does not fit without that, until all the rest does."""
    again = True
    while again:
        _refuse_missing_deputies(drafts, standing)
        after = After(drafts, standing)
        again = sum(_look_again(draft, after, standing) for draft in drafts) > 0


def _refuse_missing_deputies(drafts: list[Draft], standing: Standing) -> None:
    """Whoever is stood in for by somebody whose row was refused: along chains of any length, in linear time."""
    named_by: dict[str, list[Draft]] = {}
    coming = {d.person.id for d in drafts if d.person is not None and d.person.active and not d.refused}
    for draft in drafts:
        for _field, deputy in deputies_named(draft.person) if draft.person is not None and draft.fields else ():
            named_by.setdefault(deputy, []).append(draft)
    missing = [id for id in named_by if id not in coming and id not in standing.active]
    while missing:
        gone = missing.pop()
        for draft in named_by.get(gone, ()):
            person = draft.person
            if draft.refused or person is None or not person.active:
                continue
            draft.refuse([UnknownPerson(field, person=gone) for field, id in deputies_named(person) if id == gone])
            if person.id not in standing.active:
                missing.append(person.id)


class After:
    """The directory as it would be."""

    def __init__(self, drafts: list[Draft], standing: Standing) -> None:
        people = {d.person.id: d.person for d in drafts if d.person and not d.refused}
        changed = {d.department.code: d.department for d in drafts if d.department and not d.refused}
        gone = {id for id, person in people.items() if not person.active}
        self.active = (standing.active - gone) | {id for id, person in people.items() if person.active}
        self.departments = {**standing.departments, **changed}
        self.open = {code for code, department in self.departments.items() if department.active}
        self.answers_for: dict[str, list[str]] = {}
        for code in self.open:
            for id in self.departments[code].answered_by():
                self.answers_for.setdefault(id, []).append(self.departments[code].names["ko"])
        self.administrators = {id for id in standing.administrators if id not in people or ADMIN in people[id].roles}
        self.administrators &= self.active
        self.members = _members(standing, people)
        own = {id: stands_in(person.deputy, person.leaves) for id, person in people.items()}
        self.deputies = {id: spans for id, spans in {**standing.deputies, **own}.items() if id in self.active}
        self.suspects = maybe_in_circles(self.deputies)

    def deputies_of(self, id: str) -> list[Span]:
        """Who stands in for somebody."""
        return self.deputies.get(id, [])


def _members(standing: Standing, people: dict[str, Person]) -> Counter[str]:
    """How many work in each department that somebody leaves or joins, or that is closed."""
    members = Counter(standing.members)
    for id, person in people.items():
        before = standing.people.get(id)
        if before is not None and before.active:
            members[before.department] -= 1
        if person.active:
            members[person.department] += 1
    return members


def _look_again(draft: Draft, after: After, standing: Standing) -> bool:
    """Whether a row that was fine so far is refused now."""
    if draft.refused or not draft.fields:
        return False
    if draft.person is not None:
        return draft.refuse(list(_wrong_person(draft.person, after, standing)))
    return draft.department is not None and draft.refuse(list(_wrong_department(draft.department, after)))


def _wrong_person(person: Person, after: After, standing: Standing) -> Iterator[Refused]:
    if person.id in standing.administrators and not after.administrators:
        yield LastAdministrator("roles" if person.active else "active")
    if not person.active:
        if answers_for := after.answers_for.get(person.id):
            yield StillInCharge("active", departments=", ".join(sorted(answers_for)[:5]))
        return
    yield from wrong_references(person, after.open, after.active)
    if person.id in after.suspects and (circle := circle_through(person.id, after.deputies_of)):
        yield DeputiesInCircle("deputy", circle=" → ".join(circle[:8]))


def _wrong_department(department: Department, after: After) -> Iterator[Refused]:
    if department.active:
        yield from wrong_levels(department, after.active)
        return
    if department.successor is None:
        yield SuccessorNeeded("successor")
    yield from wrong_successor(department, after.open)
    if staying := after.members[department.code]:
        yield StillHasPeople("active", count=staying)
