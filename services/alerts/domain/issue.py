"""The issue (이슈): the problem behind one or more complaints, its step, who is called, and what is done about it."""

from datetime import UTC, datetime
from typing import ClassVar, Literal

from pydantic import Field

from services.alerts.domain import listing
from services.alerts.domain.call import Call
from services.alerts.domain.case import SEVERITIES, SeverityOrNone
from services.alerts.domain.checklist import Item
from services.alerts.domain.containment import Containment
from services.alerts.domain.judgement import End, Silence
from services.alerts.domain.moment import Moment, What
from shared.contracts.because import Because
from shared.contracts.issue import Step
from shared.db.aggregate import Aggregate, Document, index
from shared.runtime.ids import derived_id

State = Literal["watched", "open", "acknowledged", "contained", "closed", "joined"]
_WORST_FIRST = SEVERITIES[::-1]
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The deadline of what has none: it is sorted behind all others."""


def closed(series: str) -> str:
    """How the series of a closed issue is kept, beside those that are open."""
    return f"closed|{series}"


class Issue(Aggregate):
    """One problem of one product, its `series` (none for complaints that a person set apart). `open_series` is the same
    while it is open, so that there are never two; marked as `closed` while a further complaint may open it again; none
    once the series belongs to a newer issue.

    `severities` counts the alarming complaints by severity, `fresh` those since somebody last judged the issue (lowered
    or closed it; `judgement` counts how often): only these raise it. `days` counts complaints by the day they were
    filed, for the newest fourteen. `stage` counts the changes that a person has to have seen before deciding.
    """

    collection: ClassVar[str] = "issues"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("open_series", unique=True, partialFilterExpression={"open_series": {"$gt": ""}}),
        index("number", unique=True),
        index("shelves", "place"),
        index("product_letters", "place"),
        index("product_code", "-opened_at"),
        index("problem", "-opened_at"),
    )

    number: str
    series: str = ""
    open_series: str | None
    product_code: str | None = None
    product_name: str | None = None
    problem: str
    problem_name: dict[str, str] = Field(default_factory=dict)
    severity: SeverityOrNone = "none"
    step: Step = 0
    complaints: int = 0
    alarming: int = 0
    severities: dict[SeverityOrNone, int] = Field(default_factory=dict)
    fresh: dict[SeverityOrNone, int] = Field(default_factory=dict)
    days: dict[str, int] = Field(default_factory=dict)
    judgement: int = 0
    occurrence: int = 1
    opened_at: datetime
    because: list[Because] = Field(default_factory=list)
    call: Call | None = None
    checklist: list[Item] = Field(default_factory=list)
    containments: list[Containment] = Field(default_factory=list)
    silence: Silence | None = None
    end: End | None = None
    joined: list[str] = Field(default_factory=list)
    joined_into: str | None = None
    stage: int = 0
    moments: int = 0
    happened: list[Moment] = Field(default_factory=list, exclude=True)

    def free_series(self) -> None:
        """It is closed: a further complaint opens it again, unless its series went to a newer issue."""
        if self.open_series:
            self.open_series = closed(self.series)

    def take_series(self) -> None:
        """It is open again, with its series unless that went to a newer issue."""
        if self.open_series:
            self.open_series = self.series

    @property
    def is_live(self) -> bool:
        """Whether it stands on the board: neither closed nor counted in another."""
        return self.end is None and self.joined_into is None

    @property
    def state(self) -> State:
        """Watched while nobody was called, open until somebody acknowledges, contained when orders are carried out."""
        if not self.is_live:
            return "closed" if self.end else "joined"
        if self.call is not None and self.call.is_open:
            return "open"
        if self.in_force and not any(order.waits for order in self.in_force):
            return "contained"
        return "acknowledged" if self.call else "watched"

    @property
    def called(self) -> str | None:
        """Who is being rung now."""
        return self.call.person if self.is_live and self.call is not None and self.call.rings else None

    @property
    def in_force(self) -> list[Containment]:
        """The containment orders that hold."""
        return [order for order in self.containments if order.in_force]

    @property
    def items(self) -> list[Item]:
        """The checklist since the issue was (last) opened, without what lapsed."""
        return [item for item in self.checklist if item.occurrence == self.occurrence and item.state != "lapsed"]

    @property
    def due_at(self) -> datetime:
        """The nearest deadline: of the call, an open action, or a containment order; `NEVER` without one."""
        if not self.is_live:
            return NEVER
        due = [self.call.acknowledge_by] if self.call is not None and self.call.rings else []
        due += [item.due_at for item in self.items if item.state == "open"]
        due += [order.due_at for order in self.in_force if order.left]
        return min(due, default=NEVER)

    def worst(self, counts: dict[SeverityOrNone, int]) -> SeverityOrNone:
        """The worst severity that is counted."""
        return next((severity for severity in _WORST_FIRST if counts.get(severity, 0) > 0), "none")

    def write(
        self,
        what: What,
        now: datetime,
        *,
        person: str | None = None,
        note: str | None = None,
        about: dict[str, str] | None = None,
        because: list[Because] | None = None,
    ) -> None:
        """Keep what happened; the unit of work stores it as a row of its own."""
        self.moments += 1
        self.happened.append(
            Moment(
                id=derived_id("moment", self.id, self.moments),
                issue_id=self.id,
                n=self.moments,
                at=now,
                what=what,
                step=self.step,
                person=person,
                note=note,
                about=about or {},
                because=because or [],
            )
        )

    def take_happened(self) -> list[Moment]:
        """What happened since the last time, for the unit of work."""
        taken, self.happened = self.happened, []
        return taken

    @property
    def place(self) -> str:
        """Where it stands in lists."""
        if self.end is not None:
            return listing.place_by_time(self.end.at, self.id)
        return listing.place(self.step, self.due_at, self.id)

    def to_document(self, version: int) -> Document:
        """What is stored, with what lists are sorted and filtered by."""
        called, words = self.called, listing.product_found_by(self.product_code, self.product_name)
        names = [self.state, *(["live"] if self.is_live else []), *([listing.rings(called)] if called else [])]
        found = {"state": self.state, "shelves": listing.shelves(names, self.step), "place": self.place}
        found |= {"product_words": words[0], "product_letters": words[1]}
        return super().to_document(version) | found
