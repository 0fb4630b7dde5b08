"""People of the directory: what is told when they come, change, leave; what may not be said of them."""

from typing import Any

import pytest

from services.sharing.domain.access_log import LogEntry
from services.sharing.domain.entries import PersonFields
from services.sharing.domain.refusals.directory import (
    DeputiesInCircle,
    IdTaken,
    LastAdministrator,
    LeaveBackwards,
    LeavesOverlap,
    OwnDeputy,
    StillInCharge,
    UnknownDepartment,
    UnknownPerson,
)
from services.sharing.handlers.people import change_person
from shared.contracts.access import AccessChanged, AccountFacts
from shared.contracts.organisation import OrganisationChanged, PersonFacts
from shared.errors import StaleVersion
from shared.web.etags import Expected
from tests.component.sharing.office import Office, an_office, whatever


async def change(office: Office, person: str, **said: Any) -> Any:
    return await office.do(change_person, person, PersonFields.model_validate(said, strict=False), whatever)


def told_of(office: Office, person: str) -> list[PersonFacts]:
    found = [event.about for event in office.emitted(OrganisationChanged) if event.entry_id == person]
    return [about for about in found if isinstance(about, PersonFacts)]


def access_of(office: Office, person: str) -> list[AccountFacts]:
    found = [event.about for event in office.emitted(AccessChanged) if event.entry_id == f"account:{person}"]
    return [about for about in found if isinstance(about, AccountFacts)]


async def test_who_comes_new_is_told_with_everything() -> None:
    office = await an_office()
    await office.person("park", name="박나래", employment="contract", roles=["agent", "employee", "agent"])
    (about,) = told_of(office, "park")
    assert (about.name, about.employment, about.department, about.roles) == (
        "박나래", "contract", "sales", ["agent", "employee"],
    )  # fmt: skip


async def test_a_removed_role_is_told_to_the_directory_and_to_the_gates_in_one_go() -> None:
    office = await an_office()
    await office.account("lee")
    office.told.clear()
    await change(office, "lee", roles=["employee"])
    assert told_of(office, "lee")[0].roles == ["employee"]
    assert access_of(office, "lee")[0].roles == ["employee"]


async def test_who_leaves_can_no_longer_come_in_and_stays_known() -> None:
    office = await an_office()
    await office.account("kim")
    await change(office, "kim", active=False)
    assert told_of(office, "kim")[-1].active is False
    assert access_of(office, "kim")[-1].active is False
    assert office.one("kim").name == "kim"


async def test_nothing_is_told_when_nothing_is_new() -> None:
    office = await an_office()
    await change(office, "kim", name="kim", roles=["employee"])
    assert office.told == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"department": "mars"}, UnknownDepartment),
        ({"deputy": "nobody"}, UnknownPerson),
        ({"deputy": "kim"}, OwnDeputy),
        ({"leaves": [{"start": "2026-12-24", "end": "2026-12-23"}]}, LeaveBackwards),
        (
            {"leaves": [{"start": "2026-12-01", "end": "2026-12-10"}, {"start": "2026-12-10", "end": "2026-12-11"}]},
            LeavesOverlap,
        ),
        ({"leaves": [{"start": "2026-12-01", "end": "2026-12-02", "deputy": "nobody"}]}, UnknownPerson),
    ],
)
async def test_what_does_not_fit_is_refused_and_changes_nothing(said: dict[str, Any], why: type[Exception]) -> None:
    office = await an_office()
    with pytest.raises(why):
        await change(office, "kim", **said)
    assert office.told == []


async def test_deputies_may_not_go_round_in_a_circle() -> None:
    office = await an_office()
    await change(office, "kim", deputy="lee")
    await change(office, "lee", deputy="head")
    with pytest.raises(DeputiesInCircle):
        await change(office, "head", deputy="kim")


async def test_two_may_stand_in_for_each_other_at_different_times() -> None:
    office = await an_office()
    await change(office, "kim", leaves=[{"start": "2026-12-01", "end": "2026-12-05", "deputy": "lee"}])
    await change(office, "lee", leaves=[{"start": "2026-12-06", "end": "2026-12-09", "deputy": "kim"}])
    with pytest.raises(DeputiesInCircle):
        await change(office, "lee", leaves=[{"start": "2026-12-05", "end": "2026-12-09", "deputy": "kim"}])


async def test_who_answers_for_a_department_cannot_leave_before_somebody_else_does() -> None:
    office = await an_office()
    with pytest.raises(StillInCharge):
        await change(office, "head", active=False)


@pytest.mark.parametrize("said", [{"active": False}, {"roles": ["employee"]}])
async def test_the_last_administrator_stays_one(said: dict[str, Any]) -> None:
    office = await an_office()
    with pytest.raises(LastAdministrator):
        await change(office, "boss", **said)


async def test_with_another_administrator_the_first_may_go() -> None:
    office = await an_office()
    await change(office, "kim", roles=["admin"])
    with pytest.raises(LastAdministrator):
        await change(office, "boss", roles=["employee"])  # kim has no account to administer with
    office = await an_office()
    await change(office, "kim", roles=["admin"])
    await office.account("kim")
    await change(office, "boss", active=False)
    assert not office.of("boss").may_come_in


async def test_an_id_is_given_once() -> None:
    office = await an_office()
    with pytest.raises(IdTaken):
        await office.person("kim")


async def test_a_page_that_is_older_than_the_person_changes_nothing() -> None:
    office = await an_office()
    with pytest.raises(StaleVersion):
        await office.do(change_person, "kim", PersonFields(name="other"), Expected(frozenset({'"7"'})).check)


async def test_who_did_it_is_written_down() -> None:
    office = await an_office()
    await change(office, "lee", roles=["employee"])
    entry = office.stored(LogEntry)[-1]
    assert (entry.about, entry.what, entry.by, entry.detail) == ("lee", "changed", "boss", "roles")


@pytest.mark.parametrize("name", ["김하린 🌸", "بنت الهدى", "שרה כהן", "👩‍🔬 Ada", "José", "Ⅷ", "O'Brien"])
async def test_names_of_any_script_are_taken_as_they_are(name: str) -> None:
    office = await an_office()
    assert (await office.person("new", name=name)).name == name


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200d", "\u3000", "a\u202egnp.exe", "a\x07"])
async def test_a_name_that_nobody_can_read_is_refused(name: str) -> None:
    office = await an_office()
    with pytest.raises(ValueError, match="name"):
        await office.person("new", name=name)
