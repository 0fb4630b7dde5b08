"""Shapes of departments over HTTP; never those of events."""

from typing import Self

from pydantic import BaseModel

from services.sharing.domain.department import Department
from services.sharing.domain.entries import Code
from shared.web.shapes import In


class DepartmentOut(BaseModel):
    """One department. `version` is the ETag."""

    code: str
    names: dict[str, str]
    head: str | None
    lead: str | None
    assignee: str | None
    executive: str | None
    active: bool
    successor: str | None
    version: int

    @classmethod
    def of(cls, department: Department) -> Self:
        """The department."""
        return cls(version=department.version, **department.model_dump(exclude={"id"}))


class ClosingIn(In):
    """Which department takes over what this one owes."""

    successor: Code
