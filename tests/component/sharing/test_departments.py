"""Departments: who answers for them, and how one is closed without losing what it owes."""

import pytest

from services.sharing.domain.entries import DepartmentFields, PersonFields
from services.sharing.domain.refusals.directory import (
    AlreadyClosed,
    OwnSuccessor,
    StillHasPeople,
    SuccessorNeeded,
    UnknownDepartment,
    UnknownPerson,
)
from services.sharing.handlers.departments import change_department, close_department
from services.sharing.handlers.people import change_person
from shared.contracts.organisation import DepartmentFacts, OrganisationChanged
from tests.component.sharing.office import Office, an_office, whatever


def told(office: Office) -> list[DepartmentFacts]:
    return [event.about for event in office.emitted(OrganisationChanged) if isinstance(event.about, DepartmentFacts)]


async def test_a_department_is_told_under_a_key_that_no_person_can_have() -> None:
    office = await an_office()
    await office.department("kim")
    assert [event.entry_id for event in office.emitted(OrganisationChanged)] == ["department:kim"]


async def test_only_who_works_here_answers_for_a_department() -> None:
    office = await an_office()
    with pytest.raises(UnknownPerson):
        await office.do(change_department, "sales", DepartmentFields(lead="nobody"), whatever)


async def test_whoever_hears_that_a_department_was_closed_hears_who_succeeds_it() -> None:
    office = await an_office()
    await office.department("export")
    office.told.clear()
    await office.do(close_department, "export", "sales", whatever)
    (about,) = told(office)
    assert (about.code, about.active, about.successor) == ("export", False, "sales")


async def test_a_department_with_people_in_it_is_not_closed() -> None:
    office = await an_office()
    with pytest.raises(StillHasPeople) as refusal:
        await office.do(close_department, "sales", "office", whatever)
    assert refusal.value.inputs == {"count": 3}


@pytest.mark.parametrize(
    ("successor", "why"),
    [(None, SuccessorNeeded), ("export", OwnSuccessor), ("mars", UnknownDepartment), ("gone", UnknownDepartment)],
)
async def test_what_it_owes_goes_to_an_open_department(successor: str | None, why: type[Exception]) -> None:
    office = await an_office()
    await office.department("export")
    await office.department("gone")
    await office.do(close_department, "gone", "sales", whatever)
    with pytest.raises(why):
        await office.do(close_department, "export", successor, whatever)


async def test_a_closed_department_is_not_closed_again_and_takes_nobody() -> None:
    office = await an_office()
    await office.department("export")
    await office.do(close_department, "export", "sales", whatever)
    with pytest.raises(AlreadyClosed):
        await office.do(close_department, "export", "sales", whatever)
    with pytest.raises(UnknownDepartment):
        await office.do(change_person, "kim", PersonFields(department="export"), whatever)
