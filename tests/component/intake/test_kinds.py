"""What was filed under the wrong kind: the CS office puts it right, and the card begins or ends."""

from typing import Any

import pytest

from services.intake.domain.filing import Filing
from services.intake.domain.moving import NotPossibleYet, NotYours
from services.intake.handlers.assigning import override_decision
from services.intake.handlers.customer_side import comment_on
from services.intake.handlers.filing import file_complaint
from shared.contracts.card import ComplaintClosed, ComplaintReopened
from shared.contracts.complaint import ComplaintClassified
from tests.component.intake.card_desk import AGENT, FAULT, MANAGER, CardDesk, clock, korea

REASON = "통화에서 불만으로 확인"


async def test_a_question_that_is_a_complaint_begins_its_card(desk: CardDesk) -> None:
    inquiry = await desk.file(kind="inquiry")
    await desk.do(override_decision, inquiry, {"kind": "complaint"}, REASON, None, by=AGENT)
    assert (inquiry.kind, inquiry.cause_state, inquiry.owing) == ("complaint", "unknown", ["development", "production"])
    assert korea(clock(inquiry, "cause", "production").due_at) == "12-02 18:00"
    assert clock(inquiry, "resolution").rule == "clock.resolution"
    classified = desk.emitted(ComplaintClassified)[-1]
    assert (classified.kind, classified.previous_category) == ("complaint", inquiry.category)
    assert classified.because[0].inputs == {"by": AGENT.id, "before": "inquiry", "after": "complaint"}
    assert [(one.field, one.reason) for one in inquiry.overrides] == [("kind", REASON)]


async def test_one_that_was_closed_is_open_again(desk: CardDesk) -> None:
    inquiry = await desk.resolve(await desk.file(kind="inquiry"))
    assert inquiry.closed_at is not None
    await desk.do(override_decision, inquiry, {"kind": "damage"}, REASON, None, by=AGENT)
    assert (inquiry.open, inquiry.state, inquiry.cause_state) == (True, "resolved", "unknown")
    (reopened,) = desk.emitted(ComplaintReopened)
    assert (reopened.side, reopened.because[0].rule) == ("cause", "override.kind")


async def test_between_two_kinds_with_a_card_nothing_else_changes(desk: CardDesk) -> None:
    complaint = await desk.give(await desk.file())
    await desk.do(override_decision, complaint, {"kind": "damage"}, REASON, None, by=AGENT)
    assert (complaint.kind, complaint.cause_state, complaint.owing) == ("damage", "unknown", ["production"])


async def test_a_manager_ends_a_card_on_which_nothing_is_complained_of(desk: CardDesk) -> None:
    complaint = await desk.resolve(await desk.file())
    with pytest.raises(NotYours):
        await desk.do(override_decision, complaint, {"kind": "inquiry"}, "사용법 문의", None, by=AGENT)
    await desk.do(override_decision, complaint, {"kind": "inquiry"}, "사용법 문의", None, by=MANAGER)
    assert (complaint.cause_state, complaint.open, complaint.owing) == ("none", False, [])
    assert {clock.name for clock in complaint.clocks if clock.is_running} == set()
    assert len(desk.emitted(ComplaintClosed)) == 1


async def test_a_cause_that_was_found_is_not_thrown_away_by_another_kind(desk: CardDesk) -> None:
    """No way leads to closing with the cause unverified."""
    complaint = await desk.give(await desk.file())
    with pytest.raises(NotPossibleYet) as refused:
        await desk.do(override_decision, complaint, {"kind": "inquiry"}, "사용법 문의", None, by=MANAGER)
    assert [missing.code for missing in refused.value.missing] == ["cause_given"]


async def test_imported_history_stays_at_rest_whatever_is_written_on_it(desk: CardDesk) -> None:
    filing = Filing(body=FAULT)

    async def past(uow: Any) -> Any:
        return await file_complaint(filing, uow, past=True)

    old = await desk.handle(past)
    await desk.do(comment_on, old, "참고용 과거 사례", by=AGENT)
    await desk.do(override_decision, old, {"category": "delivery"}, "분류 정정", None, by=AGENT)
    assert (old.open, old.closed_at is not None, desk.waiting()) == (False, True, [])
