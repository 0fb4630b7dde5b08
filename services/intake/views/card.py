"""What a CC Card shows: finished words and times, what may be done, and what was typed into a form that was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.intake.domain.sight import Hidden
from services.intake.views.form import FormView
from shared.web.words import Sign

Options = Sequence[tuple[str, str]]
"""Values and words of a choice."""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One thing that a machine decided: `name` and `value` as words, `because` as sentences."""

    name: str
    value: str
    because: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ClockView:
    """One time limit. `stands_still` while we wait for the customer; `because` says how it came about."""

    word: str
    department: str | None
    due_at: datetime
    met_at: datetime | None
    is_overdue: bool
    stands_still: bool
    because: str
    next_call: str | None = None


@dataclass(frozen=True, slots=True)
class MomentView:
    """One happening in the timeline: who did what, what they wrote with it, and why."""

    place: int
    at: datetime
    who: str
    text: str
    said: str | None = None
    because: list[str] = field(default_factory=list)
    icon: str = "dot"


@dataclass(frozen=True, slots=True)
class SubCaseView:
    """What one department owes or gave; `drawn` are the values that its form is drawn from."""

    code: str
    name: str
    assignee: str
    deputises_for: str | None
    owes: bool
    clock: ClockView | None
    acknowledged: str | None
    cause: str | None
    cause_text: str | None
    prevention: str | None
    given_by: str | None
    given_at: datetime | None
    returned_by: str | None
    returned_because: str | None
    drawn: Mapping[str, str]
    people: Options
    may_answer: bool = False
    may_hand_over: bool = False
    may_return: bool = False
    may_acknowledge: bool = False


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to the customer, as it was sent."""

    stage: str
    text: str
    by: str
    at: datetime
    remedies: list[str]
    recourse: list[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done now. `missing` says in words why it cannot be done yet; then there is no form."""

    name: str
    word: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of the case. `href` opens the rows that share it."""

    name: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """What the customer really wrote, and how to reach them; shown once, for a reason that was kept."""

    title: str | None
    body: str
    contact: list[Fact]
    harm: list[str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was refused: which one, what was typed, and what stands there now of others."""

    act: str
    form: FormView
    problem: str
    theirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardView:
    """The whole card. `drawn` are the values from which its forms are drawn, `version` the card's then.

    `hidden`: what is kept back from this reader. `due` is the clock that ends first. `missing`: what keeps it open.
    """

    id: str
    number: str
    version: int
    kind: str
    has_card: bool
    is_open: bool
    title: str
    body: str
    hidden: Hidden
    severity: Sign
    state: Sign
    cause: Sign | None
    due: ClockView | None
    paused: str | None
    filed_at: datetime
    closed_at: datetime | None
    facts: list[Fact]
    harm: list[str]
    clocks: list[ClockView]
    subcases: list[SubCaseView]
    answers: list[AnswerView]
    timeline: list[MomentView]
    decisions: list[DecisionView]
    departments: list[DecisionView]
    missing: list[str]
    offers: Mapping[str, Offer]
    drawn: Mapping[str, str]
    options: Mapping[str, Options]
    owner: str | None
    issue: str | None
    issue_href: str | None
    issue_step: Sign | None
    may_see_original: bool
    back: str
    key: str
    causes: Options = ()
    draft_text: str = ""
    list_href: str = "/intake/complaints"
    attachments: list[Fact] = field(default_factory=list)
    alike: list[Fact] = field(default_factory=list)
    removal: MomentView | None = None
    outcome: list[Fact] = field(default_factory=list)
    original: Original | None = None
    typed: Typed | None = None
    done: str = ""

    def form(self, act: str) -> FormView:
        """What was typed into a form that was refused; an empty one otherwise."""
        return self.typed.form if self.typed and self.typed.act == act else FormView()
