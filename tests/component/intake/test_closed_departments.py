"""A department that was closed: what it owed is owed by its successor, or by the customer office."""

import pytest

from services.intake.handlers.attending import look_at_hands
from tests.component.intake.card_desk import CardDesk
from tests.component.intake.people import changed, hears


@pytest.mark.parametrize(("successor", "heir"), [("research", "research"), (None, "customer_satisfaction")])
async def test_a_closed_department_leaves_what_it_owes_to_its_successor(
    desk: CardDesk, successor: str | None, heir: str
) -> None:
    complaint = await desk.file()
    hears(desk, changed(desk.directory.organisation, "development", active=False, successor=successor))
    await desk.handle(look_at_hands, complaint.id)
    assert complaint.owing == [heir, "production"]
    assert {clock.department for clock in complaint.clocks if clock.name == "cause"} == {heir, "production"}
    await desk.give(complaint, heir)
    assert complaint.owing == ["production"]


async def test_a_successor_that_owes_already_owes_once(desk: CardDesk) -> None:
    complaint = await desk.file()
    hears(desk, changed(desk.directory.organisation, "development", active=False, successor="production"))
    await desk.handle(look_at_hands, complaint.id)
    assert complaint.owing == ["production"]


async def test_a_department_that_has_answered_may_be_closed(desk: CardDesk) -> None:
    complaint = await desk.give_causes(await desk.file())
    hears(desk, changed(desk.directory.organisation, "development", active=False, successor="research"))
    await desk.handle(look_at_hands, complaint.id)
    assert [subcase.department for subcase in complaint.subcases] == ["development", "production"]


async def test_a_successor_that_has_given_its_own_cause_owes_one_for_what_it_took_over(desk: CardDesk) -> None:
    complaint = await desk.give(await desk.file(), "production")
    hears(desk, changed(desk.directory.organisation, "development", active=False, successor="production"))
    await desk.handle(look_at_hands, complaint.id)
    assert (complaint.owing, complaint.cause_state) == (["production"], "unknown")
    assert [clock.rule for clock in complaint.clocks if clock.department and clock.is_running] == ["clock.cause.again"]
    await desk.give(complaint, "production")
    assert complaint.cause_state == "found"
