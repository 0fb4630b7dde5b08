"""A verified improvement task opens the way for the cards of its issue."""

from datetime import timedelta

import pytest

from services.intake.handlers.improvements import take_improvement
from services.intake.handlers.issues import hear_joined, hear_shrank, hear_split
from services.intake.handlers.many_cards import AT_ONCE
from shared.contracts.card import ComplaintClosed
from shared.contracts.cause import CauseVerified
from shared.contracts.issue import IssueJoined, IssueShrank, IssueSplit
from tests.component.intake.card_desk import CardDesk
from tests.component.intake.fixes import ISSUE, grows, improvement, made, opens


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


async def test_a_complaint_that_leaves_an_issue_is_not_verified_with_it(desk: CardDesk) -> None:
    moved = await made(desk, None)
    await opens(desk, moved)
    shrank = IssueShrank(issue_id=ISSUE, complaint_id=moved.id, complaints=0)
    await desk.handle(hear_shrank, shrank, sequence=2)
    await desk.handle(take_improvement, improvement())
    assert moved.cause_state == "found"
