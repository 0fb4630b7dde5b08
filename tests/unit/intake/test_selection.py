"""A selection is the same as its address, for whoever opens it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.selection import Selection
from shared.identity.principal import Principal

AGENT = Principal("p-034", "진서호", frozenset({"agent"}), "person", "customer_satisfaction")

texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda t: t.strip() == t
)
selections = st.builds(
    Selection,
    which=st.sampled_from(["open", "closed", "all"]),
    order=st.sampled_from(["due", "newest"]),
    state=st.sets(st.sampled_from(["assigned", "answered"])).map(tuple),
    product=st.lists(texts, max_size=3).map(tuple),
    q=texts,
)


@given(selections)
def test_what_stands_in_the_address_is_read_as_it_was_written(selection: Selection) -> None:
    assert Selection.read(selection.address) == selection


def test_what_goes_without_saying_is_not_in_the_address() -> None:
    assert Selection().address == ""


def test_a_value_is_taken_in_and_out_again() -> None:
    chosen = Selection(state=("answered",)).turned("state", "reviewing")
    assert chosen.state == ("answered", "reviewing")
    assert chosen.turned("state", "answered").state == ("reviewing",)


@pytest.mark.parametrize(
    "query",
    [
        "state=angry",
        "which=some",
        "order=random",
        "due=yesterday",
        "severity=minor&severity=none",
        "product=" + "x" * 81,
        "unknown=1",
    ],
)
def test_an_address_that_asks_for_what_does_not_exist_is_none(query: str) -> None:
    assert Selection.read(query) is None


def test_me_and_mine_are_whoever_looks() -> None:
    seen = Selection(assignee=("me", "nobody"), owes=("mine",), department=("sales",)).for_viewer(AGENT)
    assert seen.assignee == ("p-034", "nobody")
    assert (seen.owes, seen.department) == (("customer_satisfaction",), ("sales",))
