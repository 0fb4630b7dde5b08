"""Shapes of saved views."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, StringConstraints

from services.intake.domain.persons import Name
from services.intake.domain.saved_view import SavedView, Shared
from services.intake.domain.selection import LONGEST, Selection
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import In


def _selection(query: str) -> str:
    selection = Selection.read(query.removeprefix("?"))
    if selection is None:
        raise wrong(_("This is not the query of the list's address; save the view from the list itself."))
    return selection.address


ViewName = Annotated[Name, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f]+$")]
Query = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_selection)]


class ViewIn(In):
    """A view to keep: its name and the query of the list's address (`state=answered&severity=critical`)."""

    name: ViewName
    query: Query = ""
    shared: Shared = "own"


class NameIn(In):
    """Another name."""

    name: ViewName


class PinIn(In):
    """Whether it stands among the pinned ones."""

    pinned: bool


class ViewOut(BaseModel):
    """A saved view. `query` is that of the list's address."""

    id: str
    name: str
    query: str
    made_by: str
    made_at: datetime
    removed_at: datetime | None = None

    @classmethod
    def of(cls, view: SavedView) -> Self:
        """A view as it is kept."""
        return cls.model_validate(view.model_dump())


class ViewsOut(BaseModel):
    """The views that somebody sees: their own, their department's, and which of them are pinned."""

    own: list[ViewOut]
    department: list[ViewOut]
    pinned: list[str]
