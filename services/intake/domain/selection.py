"""Which complaints somebody wants to look at, and in which order: as it stands in an address, and in a saved view."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, Self, get_args
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shared.contracts.card import CauseState, CustomerState
from shared.contracts.complaint import Kind, Severity
from shared.identity.principal import Principal

Which = Literal["open", "closed", "all"]
Order = Literal["due", "newest"]
Due = Literal["overdue", "today", "week"]
Facet = Literal[
    "due", "state", "cause", "severity", "owes", "assignee", "department", "category", "product", "channel", "issue",
    "kind",
]  # fmt: skip
FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
"""What can be chosen from, in the order in which it is offered."""

TELLING: Final[frozenset[Facet]] = frozenset({"product", "issue"})
"""Facets by which a complaint would be known for what is kept back of it."""

ME: Final = "me"
MINE: Final = "mine"
NOBODY: Final = "nobody"
NONE: Final = "none"
ANY: Final = "any"
"""In place of a person, a department, an owner, an issue: so that one view fits everybody."""

MOST_VALUES: Final = 20
LONGEST: Final = 1500
"""Characters of an address' query that a view may keep."""

Value = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$")
]
Values = Annotated[tuple[Value, ...], Field(max_length=MOST_VALUES)]


class Selection(BaseModel):
    """Filters and order. Several values of one facet are alternatives, several facets have to hold together."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    which: Which = "open"
    due: Annotated[tuple[Due, ...], Field(max_length=3)] = ()
    state: Annotated[tuple[CustomerState, ...], Field(max_length=9)] = ()
    cause: Annotated[tuple[CauseState, ...], Field(max_length=6)] = ()
    severity: Annotated[tuple[Severity, ...], Field(max_length=4)] = ()
    owes: Values = ()
    assignee: Values = ()
    department: Values = ()
    category: Values = ()
    product: Values = ()
    channel: Values = ()
    issue: Values = ()
    kind: Annotated[tuple[Kind, ...], Field(max_length=5)] = ()
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")] = ""
    order: Order = "due"

    @classmethod
    def read(cls, query: str) -> Self | None:
        """The selection in the query of an address; None when it is none."""
        return cls.of(parse_qsl(query, keep_blank_values=False, max_num_fields=200))

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Self | None:
        """The selection in names and values as they come; None when one of them is none."""
        said: dict[str, Any] = {}
        for name, value in pairs:
            if name in FACETS:
                said[name] = (*said.get(name, ()), value)
            else:
                said[name] = value
        try:
            return cls.model_validate(said)
        except ValidationError:
            return None

    def values(self, facet: Facet) -> Sequence[str]:
        """What is chosen of a facet."""
        return tuple(getattr(self, facet))

    @property
    def chosen(self) -> Mapping[Facet, Sequence[str]]:
        """The facets of which something is chosen."""
        return {facet: self.values(facet) for facet in FACETS if self.values(facet)}

    @property
    def address(self) -> str:
        """The query of its address: the same for the same selection, without what goes without saying."""
        pairs: list[tuple[str, str]] = [(facet, value) for facet, values in self.chosen.items() for value in values]
        if self.which != "open":
            pairs.append(("which", self.which))
        if self.q:
            pairs.append(("q", self.q))
        if self.order != "due":
            pairs.append(("order", self.order))
        return urlencode(pairs)

    def turned(self, facet: Facet, value: str) -> "Selection":
        """The same with a value chosen, or without it if it was."""
        now = self.values(facet)
        after = tuple(one for one in now if one != value) if value in now else (*now, value)
        return self.model_copy(update={facet: after})

    def without(self, facet: Facet) -> "Selection":
        """The same with nothing chosen of a facet."""
        return self.model_copy(update={facet: ()})

    def with_(self, **said: object) -> "Selection":
        """The same, otherwise looked at: `which`, `order`, `q`."""
        return self.model_copy(update=said)

    def for_viewer(self, viewer: Principal) -> "Selection":
        """With the viewer in the place of “me” and their department in the place of “mine”."""
        person = tuple(viewer.id if value == ME else value for value in self.assignee)
        own = {MINE: viewer.department or NONE}
        return self.model_copy(
            update={
                "assignee": person,
                "owes": tuple(own.get(value, value) for value in self.owes),
                "department": tuple(own.get(value, value) for value in self.department),
            }
        )
