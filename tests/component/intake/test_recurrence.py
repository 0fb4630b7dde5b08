"""Verified fixes: what they open the way for, what shows that they failed, and what came from before them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.complaint import Complaint
from services.intake.domain.moving import NotPossibleYet
from services.intake.domain.recurrence import Fix, Unit
from services.intake.handlers import cause_side
from services.intake.handlers.improvements import take_improvement
from services.intake.handlers.issues import hear_grew, hear_joined, hear_opened, hear_shrank, hear_split
from services.intake.handlers.many_cards import AT_ONCE
from shared.contracts.card import ComplaintClosed, ComplaintReopened
from shared.contracts.cause import CauseReturned, CauseVerified
from shared.contracts.improvement import ImprovementVerified
from shared.contracts.issue import IssueGrew, IssueJoined, IssueOpened, IssueShrank, IssueSplit
from tests.component.intake.card_desk import MONDAY, CardDesk, person

ISSUE = "issue-1"
WINDOW = timedelta(days=90)


@pytest.fixture
def desk() -> CardDesk:
    return CardDesk()


def improvement(day: date = date(2026, 12, 1), **said: object) -> ImprovementVerified:
    facts: dict[str, object] = {
        "improvement_id": "imp-1", "issue_id": ISSUE, "product_code": "RC-880", "effective_from": day,
        "effective_lot": "RC26-1201", "verified_by": "p-036", "evidence": "test_report",
    }  # fmt: skip
    return ImprovementVerified.model_validate(facts | said)


async def opens(desk: CardDesk, complaint: Complaint, issue: str = ISSUE) -> None:
    event = IssueOpened(issue_id=issue, number="I-2026-000001", problem="category:defect", complaint_id=complaint.id)
    await desk.handle(hear_opened, event, sequence=1)


async def grows(desk: CardDesk, complaint: Complaint, sequence: int) -> None:
    event = IssueGrew(issue_id=ISSUE, complaint_id=complaint.id, complaints=sequence, severity="minor")
    await desk.handle(hear_grew, event, sequence=sequence)


async def made(desk: CardDesk, day: str | None, **product: str) -> Complaint:
    """One more complaint about the same product, made on a day, whose departments gave the same cause."""
    said = {"code": "RC-880", **({"manufactured_on": day} if day else {}), **product}
    return await desk.give_causes(await desk.file(product=said))


async def test_an_improvement_verifies_the_cards_of_its_issue_whose_cause_is_found(desk: CardDesk) -> None:
    found, unknown, other = await made(desk, None), await desk.file(), await made(desk, None)
    await opens(desk, found)
    await grows(desk, unknown, 2)
    await desk.handle(take_improvement, improvement())
    assert [c.cause_state for c in (found, unknown, other)] == ["verified", "unknown", "found"]
    (verified,) = desk.emitted(CauseVerified)
    assert (verified.complaint_id, verified.improvement_id, verified.verified_by) == (found.id, "imp-1", "p-036")
    assert verified.because[0].rule == "improvement.verified"


async def test_it_verifies_the_complaints_that_it_lists_too_and_closes_those_that_are_resolved(desk: CardDesk) -> None:
    listed = await desk.resolve(await made(desk, None))
    await desk.handle(take_improvement, improvement(issue_id=None, complaint_ids=[listed.id, "nobody"]))
    assert (listed.cause_state, listed.open) == ("verified", False)
    assert len(desk.emitted(ComplaintClosed)) == 1


async def test_a_cause_found_after_its_issues_fix_is_verified_by_itself(desk: CardDesk) -> None:
    late = await desk.file(product={"code": "RC-880", "manufactured_on": "2026-10-01"})
    await opens(desk, late)
    await desk.handle(take_improvement, improvement())
    states = [late.cause_state]
    await desk.give_causes(late)
    assert [*states, late.cause_state] == ["unknown", "verified"]


async def test_a_complaint_that_joins_its_issue_after_the_fix_was_told_is_verified_too(desk: CardDesk) -> None:
    early = await made(desk, "2026-10-01")
    await desk.handle(take_improvement, improvement())
    states = [early.cause_state]
    await opens(desk, early)
    assert [*states, early.cause_state] == ["found", "verified"]


@pytest.mark.parametrize("fixed_first", [True, False])
async def test_what_is_verified_for_an_issue_is_for_those_that_joined_it(desk: CardDesk, fixed_first: bool) -> None:
    complaint = await made(desk, "2026-10-01")
    await opens(desk, complaint, "issue-2")
    joined = IssueJoined(
        issue_id=ISSUE, number="I-1", joined_id="issue-2", joined_number="I-2", complaints=2, by="p-001", reason="같음"
    )
    steps = [(hear_joined, joined), (take_improvement, improvement())]
    for handler, event in reversed(steps) if fixed_first else steps:
        await desk.handle(handler, event, sequence=9)
    assert complaint.cause_state == "verified"


async def test_what_was_split_off_is_not(desk: CardDesk) -> None:
    complaint = await made(desk, "2026-10-01")
    await opens(desk, complaint, "issue-2")
    split = IssueSplit(
        issue_id=ISSUE, number="I-1", split_id="issue-2", split_number="I-2", complaints=1, by="p-001", reason="다름"
    )
    joined = IssueJoined(
        issue_id=ISSUE, number="I-1", joined_id="issue-2", joined_number="I-2", complaints=2, by="p-001", reason="같음"
    )
    await desk.handle(hear_split, split, sequence=9)
    await desk.handle(hear_joined, joined, sequence=8)
    await desk.handle(take_improvement, improvement())
    assert complaint.cause_state == "found"


async def test_an_improvement_of_very_many_cards_goes_through_them_in_turns(desk: CardDesk) -> None:
    many = [await made(desk, None) for _ in range(AT_ONCE + 5)]
    for number, complaint in enumerate(many):
        await grows(desk, complaint, number + 2)
    await desk.handle(take_improvement, improvement())
    assert sum(complaint.cause_state == "verified" for complaint in many) == AT_ONCE
    await desk.pass_until(desk.now + timedelta(minutes=1))
    assert {complaint.cause_state for complaint in many} == {"verified"}


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


async def test_a_complaint_that_leaves_an_issue_is_not_verified_with_it(desk: CardDesk) -> None:
    moved = await made(desk, None)
    await opens(desk, moved)
    shrank = IssueShrank(issue_id=ISSUE, complaint_id=moved.id, complaints=0)
    await desk.handle(hear_shrank, shrank, sequence=2)
    await desk.handle(take_improvement, improvement())
    assert moved.cause_state == "found"


days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)
moments = st.integers(0, 730 * 24).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(made_on=st.none() | days, bought=st.none() | days, filed=moments, verified=moments, effective=days)
def test_a_unit_is_before_the_fix_only_when_that_is_certain(
    made_on: str | None, bought: str | None, filed: datetime, verified: datetime, effective: str
) -> None:
    unit = Unit(complaint_id="c", number="C-1", filed_at=filed, made_on=made_on, bought_on=bought)
    judged = Fix(id="f", effective_from=effective, verified_at=verified).judge(unit, WINDOW)
    known = made_on or bought
    if judged == "before":
        assert known is not None
        assert known < effective
    if made_on is not None and made_on >= effective:
        assert judged != "before"
    if judged == "recurred":
        assert filed < verified + WINDOW
    if judged == "apart":
        assert filed >= verified + WINDOW


@pytest.mark.parametrize(
    ("lot", "fixed", "before"),
    [("A-0311", "A-0401", True), ("A-0401", "A-0401", False), ("B-0311", "A-0401", None), ("A-311", "A-0401", None)],
)
def test_lots_are_compared_only_when_they_are_written_alike(lot: str, fixed: str, before: bool | None) -> None:
    unit = Unit(complaint_id="c", number="C-1", filed_at=MONDAY, lot=lot)
    fix = Fix(id="f", effective_from="2026-01-01", effective_lot=fixed, verified_at=MONDAY)
    assert fix.came_before(unit) is before
