"""What the page of one issue shows."""

from dataclasses import dataclass, field
from datetime import datetime

from services.alerts.views.board import NoticeLine
from services.alerts.views.rows import IssueRow
from services.alerts.views.typed import Typed
from services.alerts.views.work import DecisionView, ItemView, OrderView, RingView
from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class MomentView:
    """One entry of the timeline."""

    n: int
    at: datetime
    text: str
    note: str | None
    tone: str
    because: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint behind the issue; `title` is None for who does not work on cases."""

    id: str
    number: str
    title: str | None
    severity: str
    href: str
    filed_at: datetime
    imported: bool = False


@dataclass(frozen=True, slots=True)
class OtherView:
    """Another issue: like this one, or joined to it."""

    id: str
    number: str
    title: str
    href: str
    step: int
    state: str
    sign: Sign
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue as a page. `typed` is what was entered into a form and refused."""

    row: IssueRow
    items: list[ItemView] = field(default_factory=list)
    earlier: list[ItemView] = field(default_factory=list)
    rings: list[RingView] = field(default_factory=list)
    orders: list[OrderView] = field(default_factory=list)
    notices: list[NoticeLine] = field(default_factory=list)
    complaints: list[ComplaintView] = field(default_factory=list)
    similar: list[OtherView] = field(default_factory=list)
    joined: list[OtherView] = field(default_factory=list)
    joined_into: OtherView | None = None
    timeline: list[MomentView] = field(default_factory=list)
    silence: tuple[str, str | None] | None = None
    decide: DecisionView | None = None
    may_notify: bool = False
    typed: Typed = field(default_factory=Typed)
    last_event: str | None = None

    @property
    def lost(self) -> bool:
        """Whether the form that was refused is not offered any more, so that what was typed would not be seen."""
        form, row, live = self.typed.of, self.row, self.row.ending is None and self.row.state != "joined"
        offered = {
            "": True,
            "acknowledgements": row.may_acknowledge,
            "silences": self.decide is not None and self.decide.may_silence,
            "silence-endings": row.held_until is not None,
            "reopenings": row.ending is not None,
            "lowerings": live and self.decide is not None and bool(self.decide.steps),
            "splittings": self.typed.value("splittings", "issue") in [other.id for other in self.joined],
            **{f"item-{item.id}": item.may_do or item.may_undo for item in self.items},
            **{f"order-{order.id}": True for order in self.orders},
            **{f"lift-{order.id}": order.may_lift for order in self.orders},
        }
        return not offered.get(form, live and self.decide is not None)
