"""Sub-cases: each department called on owes its cause and how it will not happen again."""

from datetime import timedelta

import pytest

from services.intake.domain.causes import NothingGiven, UnknownCause
from services.intake.domain.departments import CalledOnAlready, NoSuchDepartment, SomebodyHasToStay
from services.intake.domain.entry import Entry
from services.intake.domain.moving import NoCard, NotPossibleYet
from services.intake.domain.working import NotCalledOn, NotYourDepartment
from services.intake.handlers import assigning, cause_side
from shared.contracts.cause import CauseReturned
from shared.contracts.complaint import ComplaintAssigned
from tests.component.intake.card_desk import AGENT, GIVEN, MANAGER, OTHER_MANAGER, CardDesk, hand_of


async def test_two_departments_owe_and_the_card_shows_who_still_does(desk: CardDesk) -> None:
    complaint = await desk.file()
    assert complaint.owing == ["development", "production"]
    await desk.give(complaint)
    assert (complaint.owing, complaint.cause_state) == (["production"], "unknown")
    assert (complaint.waits_for, complaint.people) == (["production"], ["p-006"])
    await desk.give(complaint, "production")
    assert (complaint.owing, complaint.cause_state) == ([], "found")


async def test_names_in_a_cause_are_masked(desk: CardDesk) -> None:
    complaint = await desk.give(await desk.file())
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
        await desk.give(complaint, "logistics")
    unknown = GIVEN | {"cause": "bad_luck"}
    with pytest.raises(UnknownCause) as refused:
        await desk.do(cause_side.answer_subcase, complaint, "development", unknown, None, by=hand_of("development"))
    assert refused.value.field == "cause"


async def test_an_inquiry_asks_nobody_for_a_cause(desk: CardDesk) -> None:
    with pytest.raises(NoCard):
        await desk.give(await desk.file(kind="inquiry"))


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
