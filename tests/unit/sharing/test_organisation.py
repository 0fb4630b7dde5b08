"""Who decides for whom on a day, and which department has a closed one's work."""

from datetime import date

import pytest

from shared.identity.organisation import Department, Leave, Organisation, Person, load_organisation, organisation_with
from shared.rules import Names

DAY = date(2026, 12, 24)


def person(id: str, *leaves: Leave, deputy: str | None = None, active: bool = True) -> Person:
    return Person(
        id=id, name=id, roles=["employee"], department="sales", leaves=list(leaves), deputy=deputy, active=active
    )


def away(deputy: str | None = None, start: date = DAY, end: date = DAY) -> Leave:
    return Leave(start=start, end=end, deputy=deputy)


def acting(*people: Person, on: date = DAY) -> str | None:
    found = organisation_with(people, []).acting_for(people[0].id, on)
    return found.id if found else None


def test_whoever_is_there_decides_themselves() -> None:
    assert acting(person("a", deputy="b"), person("b")) == "a"


def test_on_leave_the_deputy_whom_the_leave_names_decides() -> None:
    assert acting(person("a", away("c"), deputy="b"), person("b"), person("c")) == "c"


def test_a_leave_that_names_nobody_leaves_it_to_the_standing_deputy() -> None:
    assert acting(person("a", away(), deputy="b"), person("b")) == "b"


@pytest.mark.parametrize(("day", "decides"), [(23, "a"), (24, "b"), (26, "b"), (27, "a")])
def test_the_first_and_the_last_day_belong_to_the_leave(day: int, decides: str) -> None:
    leave = away("b", date(2026, 12, 24), date(2026, 12, 26))
    assert acting(person("a", leave), person("b"), on=date(2026, 12, day)) == decides


def test_a_deputy_who_is_away_too_is_stood_in_for_by_theirs() -> None:
    assert acting(person("a", away("b")), person("b", away("c")), person("c")) == "c"


def test_for_somebody_who_has_left_their_deputy_decides() -> None:
    assert acting(person("a", deputy="b", active=False), person("b")) == "b"


def test_nobody_decides_where_nobody_is_there() -> None:
    assert acting(person("a", away())) is None
    assert acting(person("a", away("b")), person("b", active=False)) is None
    assert acting(person("a", away("b")), person("b", away("a"))) is None
    assert organisation_with([], []).acting_for("a", DAY) is None


def test_who_has_left_has_no_role_any_more_but_keeps_the_name() -> None:
    gone = organisation_with([person("a", active=False), person("b")], [])
    assert [found.id for found in gone.with_role("employee")] == ["b"]
    assert gone.person("a") is not None


def department(code: str, successor: str | None = None) -> Department:
    names = Names(ko=code, en=code)
    return Department(
        code=code, names=names, head="a", lead="a", assignee="a", active=successor is None, successor=successor
    )


def in_charge(code: str, *departments: Department) -> str | None:
    found = organisation_with([], departments).in_charge(code)
    return found.code if found else None


def test_a_closed_departments_work_is_its_successors() -> None:
    assert in_charge("a", department("a")) == "a"
    assert in_charge("a", department("a", "b"), department("b")) == "b"
    assert in_charge("a", department("a", "b"), department("b", "c"), department("c")) == "c"


def test_where_all_are_closed_nobody_is_in_charge() -> None:
    assert in_charge("a", department("a", "b"), department("b", "a")) is None
    assert in_charge("a") is None


def test_the_sample_company_has_an_executive_for_every_department() -> None:
    organisation: Organisation = load_organisation()
    for found in organisation.departments:
        executive = organisation.person(found.executive or "")
        assert executive is not None
        assert "executive" in executive.roles
