"""Saved views of the queue (보기): a person's own, and those of a department, which everybody in it sees."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from pydantic import BaseModel, Field, field_validator

from services.intake.domain.selection import Selection
from shared.db.aggregate import Aggregate
from shared.errors import Conflict, Forbidden, NotFound, Refused
from shared.identity.organisation import Organisation
from shared.identity.principal import Principal
from shared.language.i18n import _
from shared.rules import Names, RulesFile, RulesPart

MOST: Final = 40
KEPT_REMOVED: Final = 20
"""Removed views that can still be brought back, the last ones."""

Shared = Literal["own", "department"]


class TooManyViews(Refused):
    """There is a limit, so that a list of views stays a list."""

    text = _("There are {most} views already; delete one first.")


class NameTaken(Conflict):
    """Two views of one name cannot be told apart."""

    text = _("There is a view of this name already; choose another name.")


class NotYourView(Forbidden):
    """A department's view is changed by who made it, or by its head or lead."""

    text = _("Only who made this view, or the head or lead of the department, may change it.")


class SavedView(BaseModel):
    """One view: its name and the query of its address."""

    id: str
    name: str
    query: str
    made_by: str
    made_at: datetime
    removed_at: datetime | None = None


class ViewShelf(Aggregate):
    """The views of one owner: `person:<id>` or `department:<code>`. `pinned` are ids of any views, a person's only."""

    collection: ClassVar[str] = "view_shelves"

    views: list[SavedView] = Field(default_factory=list)
    pinned: list[str] = Field(default_factory=list)

    @property
    def shown(self) -> list[SavedView]:
        """Those that were not removed, by name."""
        return sorted((view for view in self.views if view.removed_at is None), key=lambda view: view.name.casefold())

    def view(self, id: str) -> SavedView:
        """One of them, removed or not. Raises `NotFound`."""
        found = next((view for view in self.views if view.id == id), None)
        if found is None:
            raise NotFound
        return found

    def add(self, view: SavedView) -> None:
        """Keep a new one. Raises `TooManyViews`, `NameTaken`."""
        if len(self.shown) >= MOST:
            raise TooManyViews("name", most=MOST)
        self._must_be_free(view.name, view.id)
        self.views.append(view)

    def rename(self, id: str, name: str) -> SavedView:
        """Give it another name. Raises `NotFound`, `NameTaken`."""
        view = self.view(id)
        self._must_be_free(name, id)
        view.name = name
        return view

    def remove(self, id: str, now: datetime) -> SavedView:
        """Take it away; it can be brought back."""
        view = self.view(id)
        view.removed_at = view.removed_at or now
        removed = sorted((one for one in self.views if one.removed_at), key=lambda one: one.removed_at or now)
        forgotten = {one.id for one in removed[:-KEPT_REMOVED]}
        self.views = [one for one in self.views if one.id not in forgotten]
        return view

    def restore(self, id: str) -> SavedView:
        """Bring it back, under another name if its own was taken meanwhile."""
        view = self.view(id)
        names = {one.name.casefold() for one in self.shown if one.id != id}
        times = 2
        name = view.name
        while name.casefold() in names:
            name, times = f"{view.name} {times}", times + 1
        view.name, view.removed_at = name, None
        return view

    def pin(self, id: str, pinned: bool) -> None:
        """Put a view among the pinned ones, or take it from there."""
        others = [one for one in self.pinned if one != id]
        self.pinned = [*others, id][-MOST:] if pinned else others

    def _must_be_free(self, name: str, id: str) -> None:
        if any(view.name.casefold() == name.casefold() and view.id != id for view in self.shown):
            raise NameTaken("name")


def own_shelf(person: str) -> str:
    """Id of a person's shelf."""
    return f"person:{person}"


def department_shelf(code: str) -> str:
    """Id of a department's shelf."""
    return f"department:{code}"


def is_theirs(view: SavedView, shelf_id: str, viewer: Principal, organisation: Organisation) -> bool:
    """Whether somebody may change a view: its maker, of a department's also its head and lead."""
    department = organisation.department(viewer.department)
    heads = {department.head, department.lead} if department else set()
    leads = shelf_id == department_shelf(viewer.department) and viewer.id in heads
    return view.made_by == viewer.id or leads


def must_be_theirs(view: SavedView, shelf_id: str, viewer: Principal, organisation: Organisation) -> None:
    """Raises `NotYourView` for who may not change a view."""
    if not is_theirs(view, shelf_id, viewer, organisation):
        raise NotYourView


class PresetView(RulesPart):
    """A view that comes with a role."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    names: Names
    roles: list[str] = Field(min_length=1)
    query: str

    @field_validator("query")
    @classmethod
    def _is_a_selection(cls, query: str) -> str:
        if Selection.read(query) is None:
            raise ValueError("is not the query of the queue's address")
        return query


class PresetViews(RulesFile):
    """The shape of `views.yaml`."""

    views: list[PresetView] = Field(min_length=1)

    def for_roles(self, roles: frozenset[str]) -> list[PresetView]:
        """Those that come with any of the roles, in order."""
        return [view for view in self.views if roles & set(view.roles)]
