"""Who has work in hand: taken, handed over, with a deputy for a while, with who is left."""

from datetime import date, timedelta

import pytest

from services.intake.domain.assigning import AcknowledgedAlready, NobodyThere, NotOfTheDepartment
from services.intake.domain.entry import Entry
from services.intake.domain.moving import WrongState
from services.intake.domain.succession import left_behind
from services.intake.domain.working import NotYourDepartment
from services.intake.handlers import assigning, cause_side
from services.intake.handlers.attending import look_at_hands
from shared.contracts.card import ComplaintUpdated
from shared.identity.organisation import Leave
from shared.runtime.clock import KOREA
from tests.component.intake.card_desk import AGENT, GIVEN, MANAGER, CardDesk, hand_of, person
from tests.component.intake.people import changed, hears


async def test_work_is_handed_over_inside_the_department_only(desk: CardDesk) -> None:
    complaint = await desk.file()
    hand_over = assigning.assign_within
    await desk.do(hand_over, complaint, "development", "p-014", "휴가", None, by=hand_of("development"))
    assert complaint.people == ["p-014", "p-006"]
    with pytest.raises(NotOfTheDepartment):
        await desk.do(hand_over, complaint, "development", "p-006", None, None, by=MANAGER)
    with pytest.raises(NobodyThere):
        await desk.do(hand_over, complaint, "development", "p-999", None, None, by=MANAGER)
    with pytest.raises(NotYourDepartment):
        await desk.do(hand_over, complaint, "development", "p-013", None, None, by=hand_of("sales"))


async def test_taking_in_hand_stops_the_clock_once(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.acknowledge_card, complaint, "development", by=hand_of("development"))
    (clock,) = [clock for clock in complaint.clocks if clock.name == "acknowledge"]
    assert clock.met_at == desk.now
    with pytest.raises(AcknowledgedAlready):
        await desk.do(assigning.acknowledge_card, complaint, "development", by=hand_of("development"))
    await desk.do(assigning.acknowledge_card, complaint, "production", by=hand_of("production"))


async def test_a_deputy_has_the_work_while_its_owner_is_away_and_gives_it_back(desk: CardDesk) -> None:
    complaint = await desk.file()
    away = Leave(start=date(2026, 11, 24), end=date(2026, 11, 26), deputy="p-014")
    hears(desk, changed(desk.directory.organisation, leaves=[away]))
    desk.now += timedelta(days=1)
    await desk.handle(look_at_hands, complaint.id)
    subcase = complaint.subcase("development")
    assert subcase is not None
    assert (subcase.assignee, subcase.deputises_for) == ("p-014", "p-015")
    await desk.do(cause_side.answer_subcase, complaint, "development", GIVEN, None, by=person("p-014"))
    await desk.do(cause_side.return_subcase, complaint, "development", "보완 필요")
    desk.now += timedelta(days=3)
    await desk.handle(look_at_hands, complaint.id)
    assert (subcase.assignee, subcase.deputises_for) == ("p-015", None)
    moved = [entry.because[0].rule for entry in desk.stored(Entry) if entry.what == "moved"]
    assert moved == ["succession.on_leave", "succession.is_back"]


async def test_a_complaint_filed_during_a_leave_goes_to_the_deputy_at_once(desk: CardDesk) -> None:
    away = Leave(start=date(2026, 11, 23), end=date(2026, 11, 23), deputy="p-014")
    hears(desk, changed(desk.directory.organisation, leaves=[away]))
    complaint = await desk.file()
    assert complaint.people == ["p-014", "p-006"]


async def test_work_of_who_has_left_moves_visibly_with_its_clock(desk: CardDesk) -> None:
    complaint = await desk.file()
    (before,) = [clock.due_at for clock in complaint.clocks if clock.department == "development"]
    hears(desk, changed(desk.directory.organisation, active=False))
    await desk.handle(look_at_hands, complaint.id)
    assert complaint.people == ["p-014", "p-006"]
    (entry,) = [entry for entry in desk.stored(Entry) if entry.what == "moved"]
    assert (entry.by, entry.details["before"], entry.details["assignee"]) == ("system", "p-015", "p-014")
    assert [clock.due_at for clock in complaint.clocks if clock.department == "development"] == [before]


async def test_whose_work_has_to_be_looked_at(desk: CardDesk) -> None:
    organisation = changed(desk.directory.organisation, active=False)
    people, departments = left_behind(organisation, desk.now.astimezone(KOREA).date())
    assert "p-015" in people
    assert departments == []


async def test_who_answers_is_said_of_the_cs_office_only(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(NobodyThere) as refused:
        await desk.do(assigning.assign_owner, complaint, "p-015", None)
    assert refused.value.field == "owner"
    await desk.do(assigning.assign_owner, complaint, "p-034", None)
    assert complaint.people[0] == "p-034"
    assert [event.what for event in desk.emitted(ComplaintUpdated)] == [["owner"]]


@pytest.mark.parametrize(("deputy", "heir"), [("p-035", "p-035"), ("p-015", None)])
async def test_who_answers_leaves_it_to_a_deputy_who_can_answer_customers_or_to_nobody(
    desk: CardDesk, deputy: str, heir: str | None
) -> None:
    complaint = await desk.file()
    await desk.do(assigning.assign_owner, complaint, "p-034", None)
    hears(desk, changed(desk.directory.organisation, person="p-034", active=False, deputy=deputy))
    await desk.handle(look_at_hands, complaint.id)
    assert complaint.owner == heir


async def test_what_nobody_was_called_on_for_is_not_said_to_be_in_hand(desk: CardDesk) -> None:
    complaint = await desk.file()
    complaint.state, complaint.subcases = "received", []
    with pytest.raises(WrongState):
        await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
