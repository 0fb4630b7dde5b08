"""Who works here: people and departments, told by sharing. The only topic in which names of staff travel."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.event import Event

Employment = Literal["regular", "contract", "part_time", "agency", "intern"]
"""정규직, 계약직, 시간제, 파견, 인턴."""


class LeaveFacts(BaseModel):
    """A time away (부재), from the first to the last day; `deputy` (대결자) decides meanwhile."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    start: date
    end: date
    deputy: str | None = None


class PersonFacts(BaseModel):
    """One person. `active` is false once they have left; `deputy` stands in whenever a leave names nobody else.

    Of several people in one role, who has the lowest `call_order` is called first.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["person"] = "person"
    id: str
    name: str
    employment: Employment
    department: str
    roles: list[str]
    call_order: int
    deputy: str | None = None
    leaves: list[LeaveFacts] = Field(default_factory=list)
    active: bool = True


class DepartmentFacts(BaseModel):
    """One department with its three levels (부서장 · 팀장 · 담당) and the executive who answers for it.

    A closed one is not `active`; `successor` takes over what it owes.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["department"] = "department"
    code: str
    names: dict[str, str]
    head: str | None = None
    lead: str | None = None
    assignee: str | None = None
    executive: str | None = None
    active: bool = True
    successor: str | None = None


class OrganisationChanged(Event):
    """A person or a department is as told here from now on. The newest record of a key says all about it.

    Somebody who left and a department that was closed stay on the topic as inactive: old cards name them.
    """

    type: ClassVar[str] = "organisation.changed"

    entry_id: str
    about: Annotated[PersonFacts | DepartmentFacts, Field(discriminator="kind")]
