"""A fix that did not hold speaks for nothing any more, until it is verified anew; what is known follows corrections."""

from datetime import date, timedelta

import pytest

from services.intake.domain.complaint import Complaint
from services.intake.domain.recurrence import KnownCause
from services.intake.handlers import assigning, cause_side
from services.intake.handlers.improvements import take_improvement
from tests.component.intake.card_desk import CardDesk
from tests.component.intake.fixes import improvement, made, opens

Failed = tuple[Complaint, Complaint]


@pytest.fixture
async def failed(desk: CardDesk) -> Failed:
    """A card whose fix was verified by an improvement task, and the complaint that shows that it did not hold."""
    complaint = await desk.resolve(await made(desk, None))
    await opens(desk, complaint)
    desk.now += timedelta(days=20)
    await desk.handle(take_improvement, improvement())
    assert complaint.closed_at is not None
    desk.now += timedelta(days=10)
    return complaint, await made(desk, desk.now.date().isoformat())


async def test_the_cause_given_again_is_not_verified_by_the_fix_that_failed(desk: CardDesk, failed: Failed) -> None:
    complaint, _again = failed
    assert complaint.cause_state == "unknown"
    await desk.give_causes(complaint)
    assert (complaint.cause_state, complaint.open) == ("found", True)


async def test_a_unit_from_before_a_fix_that_failed_is_not_known_by_it(desk: CardDesk, failed: Failed) -> None:
    old = await made(desk, "2026-10-01")
    assert (old.known_fix, old.cause_state) == (None, "found")


async def test_verified_anew_it_counts_from_then_on(desk: CardDesk, failed: Failed) -> None:
    complaint, _again = failed
    await desk.give_causes(complaint)
    desk.now += timedelta(days=30)
    better = improvement(date(2027, 1, 20), effective_lot=None)
    await desk.handle(take_improvement, better)
    assert complaint.closed_at is not None
    assert (await made(desk, "2027-01-10")).known_fix == "imp-1"
    assert complaint.closed_at is not None
    await made(desk, "2027-01-25")
    assert complaint.open


async def test_a_card_that_was_done_because_the_fix_was_known_is_open_again_too(desk: CardDesk) -> None:
    first = await desk.resolve(await desk.file())
    await desk.verified(first)
    old = await desk.resolve(await made(desk, "2026-11-01"))
    assert (old.closed_at is not None, old.known_fix) == (True, f"card:{first.id}")
    desk.now += timedelta(days=30)
    await made(desk, desk.now.date().isoformat())
    assert (first.open, old.open, old.known_fix) == (True, True, None)
    assert all(subcase.fix is None for subcase in old.subcases)


async def test_what_was_said_of_the_removal_ends_with_the_cause_that_was_returned(desk: CardDesk) -> None:
    """Else an old quiet period would verify a new cause at once."""
    complaint = await desk.remove(await desk.give_causes(await desk.file()))
    desk.now += timedelta(days=91)
    await desk.do(cause_side.return_subcase, complaint, "development", "다른 원인으로 보임")
    await desk.give(complaint, "development")
    assert (complaint.cause_state, complaint.removal) == ("found", None)


@pytest.mark.parametrize("correct", ["return", "product", "let_go"])
async def test_what_turned_out_not_to_be_so_hinders_no_verification(desk: CardDesk, correct: str) -> None:
    complaint = await desk.remove(await desk.give_causes(await desk.file()))
    desk.now += timedelta(days=40)
    other = await desk.give(await desk.file(), "development", cause="process")
    if correct == "return":
        await desk.do(cause_side.return_subcase, other, "development", "근거가 없음")
    elif correct == "product":
        await desk.do(assigning.override_decision, other, {"product_code": "RC-990"}, "모델 오기", None)
    else:
        await desk.do(assigning.call_on_departments, other, [], ["development"], "무관")
    desk.now += timedelta(days=60)
    await desk.verify(complaint)
    assert complaint.cause_state == "verified"


async def test_a_corrected_product_is_held_against_what_was_fixed_of_it(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    await desk.verified(complaint)
    desk.now += timedelta(days=30)
    again = await made(desk, desk.now.date().isoformat(), code="RC-990")
    assert complaint.closed_at is not None
    await desk.do(assigning.override_decision, again, {"product_code": "RC-880"}, "모델 오기", None)
    assert complaint.open
    seen = {known.product_code: [unit.number for unit in known.sightings] for known in desk.stored(KnownCause)}
    assert again.number in seen["RC-880"]
    assert seen["RC-990"] == []
