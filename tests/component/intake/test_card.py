"""A card from filing to its close: both sides have to be done, and it says what is missing."""

from datetime import timedelta

import pytest

from services.intake.domain.answering import Reply
from services.intake.domain.customer import UnknownBody
from services.intake.domain.moving import NotDone, NotPossibleYet, NotYours, WrongState
from services.intake.domain.working import CardClosed
from services.intake.handlers import assigning, cause_side, customer, customer_side
from services.intake.handlers.answering import write_answer
from shared.contracts.card import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintReferred,
    ComplaintReopened,
    ComplaintResolved,
    ComplaintWithdrawn,
)
from shared.contracts.cause import CauseFound, CauseVerified
from tests.component.intake.card_desk import AGENT, MANAGER, OTHER_AGENT, OTHER_MANAGER, CardDesk, hand_of, person


def codes(refused: NotPossibleYet) -> list[str]:
    return [missing.code for missing in refused.missing]


async def test_a_card_closes_by_itself_when_both_sides_are_done(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.acknowledge_card, complaint, "development", by=hand_of("development"))
    assert complaint.state == "investigating"
    await desk.resolve(complaint)
    assert (complaint.state, complaint.closed_at) == ("resolved", None)
    await desk.verified(complaint)
    assert (complaint.cause_state, complaint.open) == ("verified", False)
    assert [closed.complaint_id for closed in desk.emitted(ComplaintClosed)] == [complaint.id]
    assert desk.timeline(complaint)[-2:] == ["verified", "closed"]


async def test_each_step_tells_its_fact(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
    await desk.resolve(complaint)
    await desk.verified(complaint)
    for kind in (ComplaintAcknowledged, ComplaintAnswered, ComplaintResolved, CauseVerified, ComplaintClosed):
        assert len(desk.emitted(kind)) == 1, kind
    assert [found.owing for found in desk.emitted(CauseFound)] == [["production"], []]
    assert [found.cause_state for found in desk.emitted(CauseFound)] == ["unknown", "found"]


async def test_closing_without_verified_removal_is_refused_and_says_what_is_missing(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(NotDone) as refused:
        await desk.do(customer_side.close_card, complaint)
    assert codes(refused.value) == ["customer_side", "cause_owed", "cause_owed", "cause_not_verified"]
    assert {missing.department for missing in refused.value.missing} == {None, "development", "production"}
    await desk.resolve(await desk.give_causes(complaint))
    with pytest.raises(NotDone) as refused:
        await desk.do(customer_side.close_card, complaint)
    assert codes(refused.value) == ["cause_not_verified"]


async def test_nothing_is_worked_on_a_closed_card(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    with pytest.raises(CardClosed):
        await desk.do(assigning.assign_owner, complaint, "p-034", None)
    with pytest.raises(CardClosed):
        await desk.do(customer_side.close_card, complaint)


async def test_an_inquiry_has_no_cause_to_remove(desk: CardDesk) -> None:
    inquiry = await desk.file(kind="inquiry")
    assert (inquiry.cause_state, inquiry.owing) == ("none", [])
    await desk.resolve(inquiry)
    assert inquiry.closed_at is not None


async def test_a_refused_answer_is_reviewed_by_another_person_who_names_recourse(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.answer(complaint, by=AGENT)
    await desk.handle(customer.refuse_answer, complaint.id, "환불 금액이 다릅니다")
    assert (complaint.state, complaint.owner) == ("reviewing", None)
    with pytest.raises(NotPossibleYet) as refused:
        await desk.answer(complaint, by=AGENT)
    assert codes(refused.value) == ["other_person", "recourse"]
    await desk.answer(complaint, by=OTHER_AGENT, recourse=["1372", "kca"])
    assert complaint.state == "answered"
    assert desk.emitted(ComplaintAnswered)[-1].recourse == ["1372", "kca"]


async def test_whoever_drafted_the_refused_answer_does_not_review_it(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(write_answer, complaint, Reply("final", "검토 결과입니다."), None, False, by=OTHER_AGENT)
    await desk.do(write_answer, complaint, Reply("final", "검토 결과입니다."), None, True, by=AGENT)
    await desk.handle(customer.refuse_answer, complaint.id, "납득할 수 없습니다")
    for who in (AGENT, OTHER_AGENT):
        with pytest.raises(NotPossibleYet):
            await desk.answer(complaint, by=who, recourse=["kca"])
    await desk.answer(complaint, by=MANAGER, recourse=["kca"])


async def test_silence_after_the_stated_time_is_acceptance(desk: CardDesk) -> None:
    complaint = await desk.answer(await desk.file())
    await desk.pass_until(desk.now + timedelta(days=14))
    assert complaint.state == "answered"
    await desk.pass_until(desk.now + timedelta(days=2))
    (resolved,) = desk.emitted(ComplaintResolved)
    assert (resolved.how, resolved.because[0].rule, resolved.because[0].threshold) == ("silence", "card.silence", 10)


async def test_the_cause_is_looked_for_although_the_complaint_was_withdrawn(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.handle(customer.withdraw_complaint, complaint.id, "직접 해결했습니다")
    assert (complaint.state, complaint.open) == ("withdrawn", True)
    assert len(desk.emitted(ComplaintWithdrawn)) == 1
    await desk.verified(complaint)
    assert complaint.closed_at is not None


async def test_a_complaint_is_referred_to_a_body_of_the_list(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(UnknownBody):
        await desk.do(customer_side.refer_card, complaint, "nobody", None, "이유")
    await desk.do(customer_side.refer_card, complaint, "kca", "2026-77", "소비자가 피해구제를 신청함")
    assert complaint.referral is not None
    assert (complaint.state, complaint.referral.number) == ("referred", "2026-77")
    assert [referred.body for referred in desk.emitted(ComplaintReferred)] == ["kca"]


async def test_a_resolved_complaint_is_opened_again_with_a_reason_and_a_clock_of_its_own(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    before = desk.now
    await desk.handle(customer.ask_to_reopen, complaint.id, "같은 증상이 다시 나타났어요")
    assert (complaint.state, complaint.open, complaint.cause_state) == ("reopened", True, "verified")
    (reopened,) = desk.emitted(ComplaintReopened)
    assert reopened.side == "customer"
    (clock,) = [clock for clock in complaint.clocks if clock.is_running]
    assert (clock.name, clock.start_at) == ("resolution", before)


async def test_nobody_verifies_their_own_fix(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.give_causes(complaint)
    await desk.do(cause_side.state_removal, complaint, "안내문을 고쳤다", "2026-11-23", None, by=MANAGER)
    desk.now += timedelta(days=91)
    with pytest.raises(NotPossibleYet) as refused:
        await desk.verify(complaint, by=MANAGER)
    assert codes(refused.value) == ["own_fix"]
    await desk.verify(complaint, by=OTHER_MANAGER)


async def test_the_quiet_period_has_to_pass_and_a_timer_only_opens_the_way(desk: CardDesk) -> None:
    complaint = await desk.remove(await desk.give_causes(await desk.resolve(await desk.file())))
    with pytest.raises(NotPossibleYet) as refused:
        await desk.verify(complaint)
    assert codes(refused.value) == ["quiet_period"]
    await desk.pass_until(desk.now + timedelta(days=90))
    assert complaint.cause_state == "removing"
    assert "quiet_over" in desk.timeline(complaint)
    await desk.verify(complaint)
    assert complaint.closed_at is not None


async def test_a_removal_without_its_day_cannot_be_verified(desk: CardDesk) -> None:
    complaint = await desk.give_causes(await desk.file())
    hand = person(complaint.subcases[0].assignee)
    await desk.do(cause_side.state_removal, complaint, "원인을 없애는 중", None, None, by=hand)
    with pytest.raises(NotPossibleYet) as refused:
        await desk.verify(complaint)
    assert codes(refused.value) == ["removal"]


async def test_only_a_manager_decides_that_a_cause_is_not_ours(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    with pytest.raises(NotYours):
        await desk.do(cause_side.disown_card, complaint, "타사 제품임", by=AGENT)
    await desk.do(cause_side.disown_card, complaint, "타사 제품임", by=MANAGER)
    ruling = complaint.not_ours
    assert ruling is not None
    assert (ruling.by, complaint.closed_at is not None) == (MANAGER.id, True)
    await desk.do(cause_side.look_for_cause_again, complaint, "우리 부품으로 확인됨", by=OTHER_MANAGER)
    assert (complaint.cause_state, complaint.open, complaint.owing) == (
        "unknown",
        True,
        [subcase.department for subcase in complaint.subcases],
    )


async def test_an_impossible_step_says_from_where_it_would_be_possible(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(WrongState) as refused:
        await desk.handle(customer.accept_answer, complaint.id)
    assert [missing.in_("en") for missing in refused.value.missing] == ["The state would have to be one of: Answered."]
    assert refused.value.status == 409


async def test_the_customers_acceptance_is_not_taken_from_other_departments(desk: CardDesk) -> None:
    complaint = await desk.answer(await desk.file())
    with pytest.raises(NotYours):
        await desk.do(customer_side.resolve_by_phone, complaint, "전화로 들음", by=hand_of("development"))
    await desk.do(customer_side.resolve_by_phone, complaint, "전화로 수용 의사 확인", by=AGENT)
    assert [resolved.how for resolved in desk.emitted(ComplaintResolved)] == ["accepted_by_phone"]
