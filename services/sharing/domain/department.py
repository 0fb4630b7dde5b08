"""A department: its names, who answers for it on each level, and who takes over once it is closed."""

from collections.abc import Container, Iterator
from typing import Any, ClassVar, Final

from services.sharing.domain.refusals.directory import OwnSuccessor, UnknownDepartment, UnknownPerson
from shared.contracts.organisation import DepartmentFacts, OrganisationChanged
from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Refused

LEVELS: Final = ("head", "lead", "assignee", "executive")
"""부서장, 팀장, 담당, 임원."""


class Department(Aggregate):
    """One department. Its id is not its code, so that it never meets a person's."""

    collection: ClassVar[str] = "departments"
    indexes: ClassVar[tuple[Document, ...]] = (index("active", "code"),)

    code: str
    names: dict[str, str]
    head: str | None = None
    lead: str | None = None
    assignee: str | None = None
    executive: str | None = None
    active: bool = True
    successor: str | None = None

    def alter(self, changes: dict[str, Any]) -> list[str]:
        """Take new values by field; the fields that are other now than before."""
        changed = [field for field, value in changes.items() if getattr(self, field) != value]
        for field in changed:
            setattr(self, field, changes[field])
        return changed

    def answered_by(self) -> set[str]:
        """Everyone who answers for it."""
        return {person for level in LEVELS if (person := getattr(self, level))}

    def tell(self) -> None:
        """Tell everybody what is known of it now."""
        self.record(OrganisationChanged(entry_id=self.id, about=self.facts()))

    def facts(self) -> DepartmentFacts:
        """What everybody is told."""
        return DepartmentFacts(**self.model_dump(exclude={"id"}))


def department_id(code: str) -> str:
    """Under which id a department is kept."""
    return f"department:{code}"


def new_department(code: str, changes: dict[str, Any]) -> Department:
    """A department that comes new."""
    return Department(id=department_id(code), code=code, **changes)


def wrong_levels(department: Department, people: Container[str]) -> Iterator[Refused]:
    """Levels that name nobody who works here."""
    for level in LEVELS:
        person = getattr(department, level)
        if person and person not in people:
            yield UnknownPerson(level, person=person)


def wrong_successor(department: Department, open_departments: Container[str]) -> Iterator[Refused]:
    """A successor that is none."""
    if department.successor is None:
        return
    if department.successor == department.code:
        yield OwnSuccessor("successor")
    elif department.successor not in open_departments:
        yield UnknownDepartment("successor", department=department.successor)
