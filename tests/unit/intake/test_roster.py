"""The roster against a slow and obvious implementation: whatever is put in and asked, both say the same."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.remembered import REMEMBERED, Remembered
from services.intake.domain.roster import MANY, TOP, Roster
from services.intake.domain.rows import NEVER, Days, Question, Row
from services.intake.domain.selection import FACETS, Order, Selection

SPREAD = 0x9E3779B97F4A7C15
DAYS = Days(now=1_000, tomorrow=2_000, next_week=9_000)
SPANS = {"overdue": (0, 1_000), "today": (1_000, 2_000), "week": (2_000, 9_000)}
STATES, SEVERITIES, PRODUCTS = ("assigned", "answered", "reviewing"), ("critical", "minor"), ("A", "B", "C", "D")


def id_of(number: int) -> str:
    """Ids that differ in either half only, so that neither of them alone makes an order; spread as random ones are."""
    return str(UUID(int=(number % 5 << 64) + number // 5 * SPREAD % 2**64))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    marks = {
        ("which", draw(st.sampled_from(["open", "closed"]))),
        ("state", draw(st.sampled_from(STATES))),
        ("severity", draw(st.sampled_from(SEVERITIES))),
        *(("product", p) for p in draw(st.sets(st.sampled_from(PRODUCTS), max_size=1))),
        *(("assignee", p) for p in draw(st.sets(st.sampled_from(["p-1", "p-2", "nobody"]), max_size=2))),
    }
    due = draw(st.sampled_from([500, 999, 1_000, 1_500, 2_000, 5_000, 9_000, NEVER]))
    return Row(id_of(draw(st.integers(0, 30))), 1, draw(st.integers(0, 5)), due, frozenset(marks))


selections = st.builds(
    Selection,
    which=st.sampled_from(["open", "closed", "all"]),
    state=st.sets(st.sampled_from(STATES), max_size=2).map(tuple),
    severity=st.sets(st.sampled_from(SEVERITIES), max_size=1).map(tuple),
    product=st.sets(st.sampled_from(PRODUCTS), max_size=2).map(tuple),
    assignee=st.sets(st.sampled_from(["p-1", "nobody", "stranger"]), max_size=2).map(tuple),
    due=st.sets(st.sampled_from(["overdue", "today", "week"]), max_size=2).map(tuple),
    order=st.sampled_from(["due", "newest"]),
)


def values(row: Row, facet: str) -> set[str]:
    if facet == "due":
        return {due for due, (start, end) in SPANS.items() if start <= row.due < end}
    return {value for name, value in row.marks if name == facet}


def fits(row: Row, wanted: Selection, but: str = "") -> bool:
    if wanted.which != "all" and ("which", wanted.which) not in row.marks:
        return False
    return all(values(row, facet) & set(some) for facet, some in wanted.chosen.items() if facet != but)


def standing(row: Row, order: Order) -> tuple[int, int]:
    """By its place, in the list of the newest with the highest id of a moment first."""
    at, id = row.place(order)
    return at, -UUID(id).int if order == "newest" else UUID(id).int


def newest(given: Sequence[Row]) -> list[Row]:
    """Of several rows of one complaint the last one put in."""
    return list({row.id: row for row in given}.values())


def filled(given: Sequence[Row]) -> Roster:
    roster = Roster()
    for row in given:
        roster.put(row)
    return roster


@given(st.lists(rows(), max_size=40), selections)
def test_it_counts_what_one_would_count_by_hand(put: list[Row], wanted: Selection) -> None:
    roster, known = filled(put), newest(put)
    asked = Question(wanted, DAYS)
    assert roster.count(asked) == sum(fits(row, wanted) for row in known)
    counted = roster.counts(asked)
    for facet in FACETS:
        by_hand = Counter(v for row in known if fits(row, wanted, but=facet) for v in values(row, facet))
        assert {v: n for v, n in counted[facet].items() if n} == dict(by_hand.most_common(TOP))


@given(st.lists(rows(), max_size=40), selections, st.integers(1, 5))
def test_its_pages_put_together_are_all_in_order(put: list[Row], wanted: Selection, size: int) -> None:
    roster, known = filled(put), newest(put)
    asked, after, ids = Question(wanted, DAYS), None, list[str]()
    while page := roster.page(asked, after, size):
        ids += page
        after = roster.place(page[-1], wanted.order)
    matching = [row for row in known if fits(row, wanted)]
    assert ids == [row.id for row in sorted(matching, key=partial(standing, order=wanted.order))]


@given(st.lists(rows(), max_size=40), selections, st.sets(st.integers(0, 30)))
def test_it_looks_only_among_what_was_found(put: list[Row], wanted: Selection, found: set[int]) -> None:
    within = frozenset(id_of(number) for number in found)
    expected = [row.id for row in newest(put) if fits(row, wanted) and row.id in within]
    assert sorted(filled(put).page(Question(wanted, DAYS, within=within), None, 100)) == sorted(expected)


@given(st.lists(rows(), max_size=40), selections)
def test_a_product_leads_to_nothing_that_is_kept_back(put: list[Row], wanted: Selection) -> None:
    kept_back = ("severity", "critical")
    expected = [row.id for row in newest(put) if fits(row, wanted) and not (wanted.product and kept_back in row.marks)]
    assert sorted(filled(put).page(Question(wanted, DAYS, never=(kept_back,)), None, 100)) == sorted(expected)


@given(st.lists(rows(), max_size=40), selections)
def test_every_count_is_that_of_the_rows_it_opens(put: list[Row], wanted: Selection) -> None:
    roster, kept_back = filled(put), (("severity", "critical"),)
    for facet, counted in roster.counts(Question(wanted, DAYS, never=kept_back)).items():
        for value, count in counted.items():
            alone = wanted.model_copy(update={facet: (value,)})
            assert roster.count(Question(alone, DAYS, never=kept_back)) == count, (facet, value)


@given(st.lists(rows(), min_size=1, max_size=20), rows(), st.lists(selections, min_size=1, max_size=6))
def test_what_it_remembers_is_forgotten_when_something_changes(
    put: list[Row], new: Row, asked: list[Selection]
) -> None:
    roster, fresh = filled(put), filled([*put, new])
    questions = [Question(wanted, DAYS) for wanted in asked]
    before = [(roster.count(each), roster.counts(each)) for each in questions]
    assert [(roster.count(each), roster.counts(each)) for each in questions] == before
    roster.put(new)
    now = [(roster.count(each), roster.counts(each)) for each in questions]
    assert now == [(fresh.count(each), fresh.counts(each)) for each in questions]


def test_it_remembers_no_more_than_so_many_answers() -> None:
    answers = Remembered[int]()
    for n in range(3 * REMEMBERED):
        days = Days(n, n, n)
        assert answers.of(Question(Selection(), days), partial(int, n)) == n
    assert len(answers._answers) <= REMEMBERED


def test_a_chosen_value_that_nothing_has_is_told_with_none() -> None:
    counts = Roster().counts(Question(Selection(product=("RC-880",)), DAYS))
    assert counts["product"] == {"RC-880": 0}


def test_a_page_of_very_many_is_the_first_of_all_in_order() -> None:
    """A sample says where the page ends: also when most are due at one moment, or a few come long before them."""
    rows = [Row(id_of(n), 1, n % 97, 5_000 if n % 50 else n, frozenset({("which", "open")})) for n in range(2 * MANY)]
    roster, ordered = filled(rows), sorted(rows, key=lambda row: row.place("due"))
    asked, after, ids = Question(Selection(), DAYS), None, list[str]()
    for _ in range(6):
        ids += roster.page(asked, after, 100)
        after = roster.place(ids[-1], "due")
    assert ids == [row.id for row in ordered[:600]]


def test_a_place_that_no_complaint_can_have_ends_the_list_or_begins_it() -> None:
    roster = filled([Row(id_of(1), 1, 1, 500, frozenset({("which", "open")}))])
    asked = Question(Selection(), DAYS)
    assert roster.page(asked, (10**30, "?"), 10) == []
    assert roster.page(asked, (-(10**30), "?"), 10) == [id_of(1)]


def test_an_id_that_is_no_uuid_is_an_id() -> None:
    roster = filled([Row(f"c{n}", 1, 1, 500, frozenset({("which", "open")})) for n in range(9)])
    first = roster.page(Question(Selection(), DAYS), None, 4)
    rest = roster.page(Question(Selection(), DAYS), roster.place(first[-1], "due"), 9)
    assert sorted(first + rest) == [f"c{n}" for n in range(9)]
    assert roster.version("c8") == 1
    assert roster.version("c9") == 0
