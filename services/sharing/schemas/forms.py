"""Shapes of the forms about people, departments and keys. Fields are text; the domain's shapes judge them."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from services.sharing.domain.department import LEVELS
from services.sharing.domain.person import LAST
from services.sharing.views.imports import KeyForm
from services.sharing.views.people import DepartmentForm, PersonForm
from shared.web.shapes import FormIn

Short = Annotated[str, StringConstraints(max_length=200)]
Chosen = Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=60)]


class PersonFormIn(FormIn):
    """Everything about a person that a form has. `version` is that of the page."""

    id: Short = ""
    name: Short = ""
    employment: Short = "regular"
    department: Short = ""
    roles: Chosen = Field(default_factory=list)
    call_order: Short = ""
    deputy: Short = ""
    version: int = 0

    def said(self, deputy: str | None) -> dict[str, Any]:
        """As the domain's shape takes it."""
        order = int(self.call_order) if self.call_order.isdigit() else self.call_order or LAST
        plain = self.model_dump(include={"name", "employment", "department", "roles"})
        return {**plain, "call_order": order, "deputy": deputy}

    def typed(self) -> PersonForm:
        """As it is shown again."""
        plain = self.model_dump(exclude={"version"})
        return PersonForm(**plain)


class LeaveFormIn(FormIn):
    """A time away."""

    start: Short = ""
    end: Short = ""
    deputy: Short = ""
    version: int = 0


class LeaveRemovalForm(FormIn):
    """The leave that begins on this day is taken out."""

    start: Short
    version: int = 0


class VersionForm(FormIn):
    """A button on a page of this version."""

    version: int = 0


class DepartmentFormIn(FormIn):
    """Everything about a department that a form has."""

    code: Short = ""
    name_ko: Short = ""
    name_en: Short = ""
    head: Short = ""
    lead: Short = ""
    assignee: Short = ""
    executive: Short = ""
    version: int = 0

    def said(self, people: dict[str, str | None]) -> dict[str, Any]:
        """As the domain's shape takes it; `people` are the ids of who was typed."""
        names = {"ko": self.name_ko, "en": self.name_en or None}
        return {"names": names, **{level: people.get(level) for level in LEVELS}}

    def typed(self) -> DepartmentForm:
        """As it is shown again."""
        return DepartmentForm(**self.model_dump(exclude={"version"}))


class ClosingForm(FormIn):
    """Which department takes over."""

    successor: Short = ""
    version: int = 0


class KeyFormIn(FormIn):
    """A new key: ticked scopes, and others as text."""

    id: Short = ""
    holder: Short = ""
    label: Short = ""
    may: Chosen = Field(default_factory=list)
    others: Short = ""

    def said(self) -> dict[str, Any]:
        """As the domain's shape takes it."""
        may = [*self.may, *(word for word in self.others.replace(",", " ").split() if word)]
        said = {"id": self.id, "holder": self.holder, "may": may, "held_by": "system"}
        return said | ({"label": self.label} if self.label else {})

    def typed(self) -> KeyForm:
        """As it is shown again."""
        return KeyForm(**self.model_dump())
