"""Stories of complaints, ways to deliver their events, and the state of alerts that follows from the stories alone."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from uuid import uuid4

from hypothesis import strategies as st

from services.alerts.domain.case import SEVERITIES, Case, SeverityOrNone, weigh
from shared.contracts.catalogue import entry_of
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.contracts.event import Event
from shared.testing.golden import Golden, golden
from tests.component.alerts.sample import BURN, LATE, RULES, a_complaint

SPOILT = "두유가 상했어요"
CATEGORIES = ("delivery", "quality")
WAYS = ("created first", "classified first", "at once")


@dataclass(frozen=True)
class Story:
    """One complaint and the categories that it is put into one after the other."""

    id: str
    body: str
    product: str
    kind: str
    imported: bool
    categories: list[str]

    def created(self, category: str) -> ComplaintCreated:
        """What intake tells first, had this been the category."""
        return a_complaint(
            self.body,
            complaint_id=self.id,
            product_code=self.product,
            category=category,
            kind=self.kind,
            imported=self.imported,
        )

    def events(self) -> list[Golden]:
        """Everything that intake tells of it."""
        first = self.categories[0]
        changes = [(first, None), *((after, before) for before, after in pairwise(self.categories))]
        classified = [self._classified(*change) for change in changes]
        return [_sent(event, number) for number, event in enumerate([self.created(first), *classified], 1)]

    def _classified(self, category: str, before: str | None) -> ComplaintClassified:
        own = {"complaint_id": self.id, "kind": self.kind, "category": category, "previous_category": before}
        return ComplaintClassified.model_validate(golden(entry_of(ComplaintClassified)).data | own)

    def cases(self) -> list[Case]:
        """The complaint as it was weighed under each of its categories; the last one counts."""
        return [weigh(self.created(category), 1, RULES.hazards) for category in self.categories]


def _sent(event: Event, sequence: int) -> Golden:
    headers = golden(entry_of(event)).headers | {"ce_id": uuid4().hex, "ce_sequence": str(sequence)}
    return Golden(headers, event.model_dump(mode="json"))


@dataclass(frozen=True)
class Batch:
    """Places in the list of all events, handed to both consumers in one of `WAYS`."""

    events: list[int]
    way: str


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    """Up to nine complaints about one or two products, most of them alike."""
    products = [uuid4().hex for _ in range(draw(st.integers(1, 2)))]
    return [
        Story(
            id=uuid4().hex,
            body=draw(st.sampled_from([LATE, LATE, SPOILT, BURN])),
            product=draw(st.sampled_from(products)),
            kind=draw(st.sampled_from(["complaint", "complaint", "damage", "inquiry"])),
            imported=draw(st.sampled_from([False, False, False, True])),
            categories=draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=4)),
        )
        for _ in range(draw(st.integers(1, 9)))
    ]


@st.composite
def deliveries(draw: st.DrawFn, count: int) -> list[Batch]:
    """Every event at least once, in any order, some again, cut into batches anywhere."""
    again = draw(st.lists(st.integers(0, count - 1), max_size=6))
    order = draw(st.permutations([*range(count), *again]))
    cuts = sorted({0, len(order), *draw(st.sets(st.integers(1, len(order)), max_size=5))})
    return [Batch(order[a:b], draw(st.sampled_from(WAYS))) for a, b in pairwise(cuts)]


@dataclass
class Expected:
    """One issue: the complaints in it at the end, and all that ever were in it."""

    inside: list[Case]
    ever: list[Case]

    @property
    def alarming(self) -> list[Case]:
        """Those that count for severity and step."""
        return _alarming(self.inside)

    @property
    def severity(self) -> SeverityOrNone:
        """The worst of them."""
        return _worst(self.alarming)

    @property
    def steps(self) -> range:
        """A step is never lowered: what the end calls for at least, what the fullest moment would at most."""
        return range(_step(self.alarming), _step(_alarming(self.ever)) + 1)


def expected(plan: list[Story]) -> dict[str, Expected]:
    """The issues that hold complaints at the end, by series."""
    found: dict[str, Expected] = defaultdict(lambda: Expected([], []))
    for story in plan:
        if story.kind == "inquiry":
            continue
        cases = story.cases()
        found[cases[-1].series].inside.append(cases[-1])
        for series, case in {case.series: case for case in cases}.items():
            found[series].ever.append(case)
    return {series: issue for series, issue in found.items() if issue.inside}


def _alarming(cases: list[Case]) -> list[Case]:
    return [case for case in cases if not case.imported]


def _worst(cases: list[Case]) -> SeverityOrNone:
    return max((case.severity for case in cases), key=SEVERITIES.index, default="none")


def _step(cases: list[Case]) -> int:
    due = RULES.playbook.step_for(_worst(cases), len(cases), []) if cases else None
    return due.step if due else 0
