"""The same cause after a fix: what opens cards again, and what was made before it."""

from datetime import timedelta

import pytest

from services.intake.domain.moving import NotPossibleYet
from services.intake.handlers import cause_side
from shared.contracts.card import ComplaintReopened
from shared.contracts.cause import CauseReturned, CauseVerified
from tests.component.intake.card_desk import CardDesk, person
from tests.component.intake.fixes import made


async def test_the_same_cause_again_opens_the_card_on_the_causes_side_only(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    assert complaint.closed_at is not None
    desk.now += timedelta(days=30)
    again = await made(desk, desk.now.date().isoformat())
    assert (complaint.state, complaint.cause_state, complaint.open) == ("resolved", "unknown", True)
    assert complaint.owing == ["development", "production"]
    (reopened,) = desk.emitted(ComplaintReopened)
    (because,) = reopened.because
    assert (reopened.side, because.rule, because.inputs["complaint"]) == ("cause", "recurrence.recurred", again.number)
    assert [returned.department for returned in desk.emitted(CauseReturned)] == ["development", "production"]
    assert [clock.rule for clock in complaint.clocks if clock.is_running] == ["clock.cause.again"] * 2


async def test_a_unit_from_before_the_fix_opens_nothing_and_is_known(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    desk.now += timedelta(days=30)
    old = await made(desk, "2026-11-01")
    assert complaint.closed_at is not None
    assert (old.known_fix, old.cause_state) == (f"card:{complaint.id}", "verified")
    assert "known_before_fix" in desk.timeline(old)
    assert (desk.emitted(CauseVerified)[-1].verified_by, old.verification and old.verification.by) == ("p-001", "p-001")


async def test_a_lot_from_before_the_fix_opens_nothing(desk: CardDesk) -> None:
    complaint = await desk.give_causes(await desk.resolve(await desk.file()))
    await desk.remove(complaint, lot="RC26-1123")
    desk.now += timedelta(days=91)
    await desk.verify(complaint)
    await made(desk, None, lot="RC26-1101")
    assert complaint.closed_at is not None
    await made(desk, None, lot="RC26-1124")
    assert complaint.open


async def test_of_two_causes_one_that_is_not_fixed_keeps_the_card_open(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    old = await desk.file(product={"code": "RC-880", "manufactured_on": "2026-11-01"})
    given = {"cause_text": "원인", "prevention": "방지"}
    for cause, subcase in zip(("process", "material"), old.subcases, strict=True):
        answer, by = given | {"cause": cause}, person(subcase.assignee)
        await desk.do(cause_side.answer_subcase, old, subcase.department, answer, None, by=by)
    assert (old.cause_state, [subcase.fix is not None for subcase in old.subcases]) == ("found", [True, False])


async def test_after_the_window_a_new_case_stands_alone(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    desk.now += timedelta(days=91)
    new = await made(desk, desk.now.date().isoformat())
    assert (complaint.open, new.cause_state) == (False, "found")


async def test_the_same_cause_of_another_product_says_nothing(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    other = await desk.give_causes(await desk.file(product={"code": "RC-990"}))
    assert (complaint.open, other.known_fix) == (False, None)


async def test_a_fix_after_which_the_cause_was_seen_cannot_be_verified(desk: CardDesk) -> None:
    complaint = await desk.remove(await desk.give_causes(await desk.file()))
    desk.now += timedelta(days=40)
    seen = await made(desk, desk.now.date().isoformat())
    desk.now += timedelta(days=60)
    with pytest.raises(NotPossibleYet) as refused:
        await desk.verify(complaint)
    (missing,) = refused.value.missing
    assert (missing.code, missing.inputs["number"]) == ("recurred", seen.number)
