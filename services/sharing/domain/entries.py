"""What may be said of a person and of a department, field by field: the same for pages, API and files.

Only fields that were said are taken; `null` clears one that may be empty.
"""

import re
import unicodedata
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from services.sharing.domain.days import Day
from services.sharing.domain.person import Leave
from shared.contracts.organisation import Employment
from shared.identity.organisation import DEPARTMENT_CODE, PERSON_ID
from shared.identity.principal import ROLES
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import In

STEERING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of whatever stands behind them."""
VISIBLE: Final = "LNPS"
"""First letters of the Unicode categories of which something is to be seen."""

NO_NAME: Final = _("A name needs at least one character that can be seen.")
STEERED: Final = _("Remove the control characters from this name.")
NO_ID: Final = _("An id has letters a to z, digits, dots, hyphens and underscores, at most 40 of them.")
NO_CODE: Final = _("A department's code has letters a to z, digits, hyphens and underscores, at most 40 of them.")
NOBODY: Final = _("There is nobody under this id or name.")
NO_ROLE: Final = _("“{role}” is no role; take one of {roles}.")


def _named(name: str) -> str:
    composed = unicodedata.normalize("NFC", " ".join(name.split()))
    if not any(unicodedata.category(letter)[0] in VISIBLE for letter in composed):
        raise wrong(NO_NAME)
    if STEERING.search(composed) or any(unicodedata.category(letter) == "Cc" for letter in composed):
        raise wrong(STEERED)
    return composed


def _role(name: str) -> str:
    if name not in ROLES - {"consumer"}:
        raise wrong(NO_ROLE, role=name[:40], roles=", ".join(sorted(ROLES - {"consumer"})))
    return name


def _id(text: str) -> str:
    if not re.fullmatch(PERSON_ID, text):
        raise wrong(NO_ID)
    return text


def _somebody(text: str) -> str:
    if not re.fullmatch(PERSON_ID, text):
        raise wrong(NOBODY)
    return text


def _code(text: str) -> str:
    if not re.fullmatch(DEPARTMENT_CODE, text):
        raise wrong(NO_CODE)
    return text


def _small(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


Name = Annotated[str, StringConstraints(max_length=100), AfterValidator(_named)]
RoleName = Annotated[str, StringConstraints(max_length=60), AfterValidator(_role)]
PersonId = Annotated[str, BeforeValidator(_small), StringConstraints(max_length=200), AfterValidator(_id)]
Somebody = Annotated[str, BeforeValidator(_small), StringConstraints(max_length=200), AfterValidator(_somebody)]
Code = Annotated[str, BeforeValidator(_small), StringConstraints(max_length=200), AfterValidator(_code)]


class LeaveEntry(In):
    """A time away, first to last day, and who decides meanwhile."""

    start: Day
    end: Day
    deputy: Somebody | None = None


class PersonFields(In):
    """What is said of a person."""

    name: Name | None = None
    employment: Employment | None = None
    department: Code | None = None
    roles: Annotated[list[RoleName], Field(min_length=1, max_length=20)] | None = None
    call_order: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    deputy: Somebody | None = None
    leaves: Annotated[list[LeaveEntry], Field(max_length=50)] | None = None
    active: bool | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were said, as a person keeps them."""
        said = {field: getattr(self, field) for field in PersonFields.model_fields if field in self.model_fields_set}
        kept = {field: value for field, value in said.items() if value is not None or field == "deputy"}
        if self.leaves is not None:
            kept["leaves"] = [Leave(start=leave.start, end=leave.end, deputy=leave.deputy) for leave in self.leaves]
        return kept


class PersonEntry(PersonFields):
    """What is said of a person, with the id."""

    id: PersonId


class NewPerson(PersonEntry):
    """What has to be said of somebody who comes new."""

    name: Name
    department: Code


class DepartmentNames(In):
    """A department's names; the Korean one stands for an English one that is missing."""

    ko: Name
    en: Name | None = None


class DepartmentFields(In):
    """What is said of a department."""

    names: DepartmentNames | None = None
    head: Somebody | None = None
    lead: Somebody | None = None
    assignee: Somebody | None = None
    executive: Somebody | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were said, as a department keeps them."""
        said = {
            field: getattr(self, field) for field in DepartmentFields.model_fields if field in self.model_fields_set
        }
        if "names" in said:
            names = said.pop("names")
            if names is not None:
                said["names"] = {"ko": names.ko, "en": names.en or names.ko}
        return said


class DepartmentEntry(DepartmentFields):
    """What is said of a department, with the code; closing one names who takes over."""

    code: Code
    active: bool | None = None
    successor: Code | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were said, as a department keeps them."""
        said = super().changes()
        if self.active is not None:
            said |= {"active": self.active, "successor": None if self.active else self.successor}
        return said


class NewDepartment(DepartmentFields):
    """What has to be said of a department that comes new."""

    code: Code
    names: DepartmentNames
