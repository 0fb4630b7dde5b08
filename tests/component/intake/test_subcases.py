"""Sub-cases: each department owes cause and prevention; work finds its hands when people or departments go."""

from datetime import date, timedelta

import pytest

from services.intake.domain.assigning import AcknowledgedAlready, NobodyThere, NotOfTheDepartment
from services.intake.domain.causes import NothingGiven, UnknownCause
from services.intake.domain.complaint import Complaint
from services.intake.domain.departments import CalledOnAlready, NoSuchDepartment, SomebodyHasToStay
from services.intake.domain.entry import Entry
from services.intake.domain.moving import NoCard, NotPossibleYet
from services.intake.domain.succession import left_behind
from services.intake.domain.working import NotCalledOn, NotYourDepartment
from services.intake.handlers import assigning, cause_side
from services.intake.handlers.attending import look_at_hands
from shared.contracts.card import ComplaintUpdated
from shared.contracts.cause import CauseReturned
from shared.contracts.complaint import ComplaintAssigned
from shared.identity.organisation import Leave, Organisation
from shared.runtime.clock import KOREA
from tests.component.intake.card_desk import (
    AGENT,
    MANAGER,
    OTHER_MANAGER,
    CardDesk,
    hand_of,
    person,
)

GIVEN = {"cause": "design", "cause_text": "홍길동씨가 설계를 바꾸었다", "prevention": "설계 심사를 강화한다"}
DEVELOPMENT = hand_of("development")


@pytest.fixture
def desk() -> CardDesk:
    return CardDesk()


async def give(desk: CardDesk, complaint: Complaint, department: str = "development") -> Complaint:
    return await desk.do(cause_side.answer_subcase, complaint, department, GIVEN, None, by=hand_of(department))


def changed(organisation: Organisation, department: str | None = None, **said: object) -> Organisation:
    """The organisation with a department, or the person p-015, as said."""
    people, departments = list(organisation.people), list(organisation.departments)
    if department:
        departments = [d.model_copy(update=said) if d.code == department else d for d in departments]
    else:
        people = [p.model_copy(update=said) if p.id == "p-015" else p for p in people]
    return organisation.model_copy(update={"people": people, "departments": departments}).model_copy(deep=True)


def hears(desk: CardDesk, organisation: Organisation) -> None:
    """The directory tells of a change."""
    fresh = Organisation.model_construct(**{name: getattr(organisation, name) for name in Organisation.model_fields})
    desk.directory._organisation = fresh


async def test_two_departments_owe_and_the_card_shows_who_still_does(desk: CardDesk) -> None:
    complaint = await desk.file()
    assert complaint.owing == ["development", "production"]
    await give(desk, complaint)
    assert (complaint.owing, complaint.cause_state) == (["production"], "unknown")
    assert (complaint.waits_for, complaint.people) == (["production"], ["p-006"])
    await give(desk, complaint, "production")
    assert (complaint.owing, complaint.cause_state) == ([], "found")


async def test_names_in_a_cause_are_masked(desk: CardDesk) -> None:
    complaint = await give(desk, await desk.file())
    subcase = complaint.subcase("development")
    assert subcase is not None
    assert subcase.cause_text is not None
    assert "홍길동" not in subcase.cause_text + "".join(entry.text or "" for entry in desk.stored(Entry))


async def test_only_people_of_the_department_give_its_cause(desk: CardDesk) -> None:
    complaint = await desk.file()
    for stranger in (hand_of("production"), AGENT):
        with pytest.raises(NotYourDepartment):
            await desk.do(cause_side.answer_subcase, complaint, "development", GIVEN, None, by=stranger)
    with pytest.raises(NotCalledOn):
        await give(desk, complaint, "logistics")
    unknown = GIVEN | {"cause": "bad_luck"}
    with pytest.raises(UnknownCause) as refused:
        await desk.do(cause_side.answer_subcase, complaint, "development", unknown, None, by=DEVELOPMENT)
    assert refused.value.field == "cause"


async def test_an_inquiry_asks_nobody_for_a_cause(desk: CardDesk) -> None:
    with pytest.raises(NoCard):
        await give(desk, await desk.file(kind="inquiry"))


async def test_a_returned_cause_is_owed_anew_with_its_reason_and_a_clock(desk: CardDesk) -> None:
    complaint = await desk.give_causes(await desk.file())
    desk.now += timedelta(days=1)
    await desk.do(cause_side.return_subcase, complaint, "development", "원인이 구체적이지 않습니다")
    subcase = complaint.subcase("development")
    assert subcase is not None
    assert (subcase.owes, subcase.returned_by, subcase.cause) == (True, MANAGER.id, "process")
    assert (complaint.cause_state, complaint.owing) == ("unknown", ["development"])
    (clock,) = [clock for clock in complaint.clocks if clock.department == "development"]
    assert (clock.rule, clock.start_at, clock.is_running) == ("clock.cause.again", desk.now, True)
    assert [returned.department for returned in desk.emitted(CauseReturned)] == ["development"]
    with pytest.raises(NothingGiven):
        await desk.do(cause_side.return_subcase, complaint, "development", "다시")


async def test_nobody_returns_what_they_gave_themselves(desk: CardDesk) -> None:
    complaint = await desk.file("상담원 태도가 불친절하고 반말을 했어요", product={})
    await desk.do(cause_side.answer_subcase, complaint, "customer_satisfaction", GIVEN, None, by=MANAGER)
    with pytest.raises(NotPossibleYet):
        await desk.do(cause_side.return_subcase, complaint, "customer_satisfaction", "부족함", by=MANAGER)
    await desk.do(cause_side.return_subcase, complaint, "customer_satisfaction", "부족함", by=OTHER_MANAGER)


async def test_departments_are_added_and_let_go_with_a_reason(desk: CardDesk) -> None:
    complaint = await desk.give_causes(await desk.file())
    await desk.do(assigning.call_on_departments, complaint, ["logistics"], ["production"], "물류 문제로 보임")
    assert [subcase.department for subcase in complaint.subcases] == ["development", "logistics"]
    assert (complaint.cause_state, complaint.owing) == ("unknown", ["logistics"])
    assert {clock.department for clock in complaint.clocks} == {None, "development", "logistics"}
    assigned = desk.emitted(ComplaintAssigned)[-1]
    assert [routed.department for routed in assigned.departments] == ["development", "logistics"]
    await desk.do(assigning.call_on_departments, complaint, [], ["logistics"], "아니었음")
    assert complaint.cause_state == "found"
    assert desk.timeline(complaint)[-2:] == ["let_go", "cause_side"]


async def test_a_department_that_is_none_or_the_last_one_is_refused(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(NoSuchDepartment):
        await desk.do(assigning.call_on_departments, complaint, ["astrology"], [], "이유")
    with pytest.raises(CalledOnAlready):
        await desk.do(assigning.call_on_departments, complaint, ["production"], ["sales"], "이유")
    with pytest.raises(SomebodyHasToStay):
        await desk.do(assigning.call_on_departments, complaint, [], ["production", "development"], "이유")


async def test_the_first_assignment_of_what_the_cs_office_kept(desk: CardDesk) -> None:
    complaint = await desk.file("그냥 좀 그래요", product={})
    assert [subcase.department for subcase in complaint.subcases] == ["customer_satisfaction"]
    await desk.do(
        assigning.call_on_departments, complaint, ["logistics"], ["customer_satisfaction"], "배송 건", by=AGENT
    )
    assert complaint.owing == ["logistics"]


async def test_work_is_handed_over_inside_the_department_only(desk: CardDesk) -> None:
    complaint = await desk.file()
    hand_over = assigning.assign_within
    await desk.do(hand_over, complaint, "development", "p-014", "휴가", None, by=DEVELOPMENT)
    assert complaint.people == ["p-014", "p-006"]
    with pytest.raises(NotOfTheDepartment):
        await desk.do(hand_over, complaint, "development", "p-006", None, None, by=MANAGER)
    with pytest.raises(NobodyThere):
        await desk.do(hand_over, complaint, "development", "p-999", None, None, by=MANAGER)
    with pytest.raises(NotYourDepartment):
        await desk.do(hand_over, complaint, "development", "p-013", None, None, by=hand_of("sales"))


async def test_taking_in_hand_stops_the_clock_once(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.acknowledge_card, complaint, "development", by=DEVELOPMENT)
    (clock,) = [clock for clock in complaint.clocks if clock.name == "acknowledge"]
    assert clock.met_at == desk.now
    with pytest.raises(AcknowledgedAlready):
        await desk.do(assigning.acknowledge_card, complaint, "development", by=DEVELOPMENT)
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


@pytest.mark.parametrize(("successor", "heir"), [("research", "research"), (None, "customer_satisfaction")])
async def test_a_closed_department_leaves_what_it_owes_to_its_successor(
    desk: CardDesk, successor: str | None, heir: str
) -> None:
    complaint = await desk.file()
    hears(desk, changed(desk.directory.organisation, "development", active=False, successor=successor))
    await desk.handle(look_at_hands, complaint.id)
    assert complaint.owing == [heir, "production"]
    assert {clock.department for clock in complaint.clocks if clock.name == "cause"} == {heir, "production"}
    await give(desk, complaint, heir)
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
