"""What intake hears of issues: any order of events, on topics without an order, ends in the same copy."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.domain.complaint import Complaint
from services.intake.domain.issue import KnownIssue
from services.intake.handlers.issues import hear_acknowledged, hear_escalated, hear_grew, hear_opened, hear_shrank
from shared.contracts.event import Event
from shared.contracts.issue import IssueAcknowledged, IssueEscalated, IssueGrew, IssueOpened, IssueShrank
from tests.component.intake.card_desk import CardDesk

HEARS = {
    IssueOpened: hear_opened,
    IssueGrew: hear_grew,
    IssueShrank: hear_shrank,
    IssueEscalated: hear_escalated,
    IssueAcknowledged: hear_acknowledged,
}


@dataclass(frozen=True)
class Told:
    """An event with the place that it has among those of its issue."""

    event: Event
    sequence: int


def opened(issue: str, complaint: str) -> Told:
    return Told(IssueOpened(issue_id=issue, number=f"I-{issue}", problem="p", complaint_id=complaint), 1)


def joined(issue: str, complaint: str, sequence: int) -> Told:
    return Told(IssueGrew(issue_id=issue, complaint_id=complaint, complaints=sequence, severity="minor"), sequence)


def left(issue: str, complaint: str, sequence: int) -> Told:
    return Told(IssueShrank(issue_id=issue, complaint_id=complaint, complaints=0), sequence)


def escalated(issue: str, step: Any, sequence: int) -> Told:
    event = IssueEscalated(issue_id=issue, number=f"I-{issue}", step=step, previous_step=0, call=0, called=["p-027"])
    return Told(event, sequence)


def acknowledged(issue: str, step: Any, sequence: int) -> Told:
    return Told(IssueAcknowledged(issue_id=issue, number=f"I-{issue}", step=step, by="p-027"), sequence)


def story(complaint: str) -> list[Told]:
    """A complaint goes from one issue to another and back; the first one rises and is answered in between."""
    return [
        opened("a", complaint),
        escalated("a", 1, 2),
        acknowledged("a", 1, 3),
        left("a", complaint, 4),
        opened("b", complaint),
        left("b", complaint, 2),
        joined("a", complaint, 5),
        escalated("a", 3, 6),
    ]


async def heard(events: Sequence[Told]) -> tuple[str | None, dict[str, Any]]:
    """Where the complaint is said to be in the end, and what is known of each issue."""
    desk = CardDesk()
    complaint = await desk.file()
    for told in events:
        said = {"complaint_id": complaint.id} if "complaint_id" in type(told.event).model_fields else {}
        await desk.handle(HEARS[type(told.event)], told.event.model_copy(update=said), sequence=told.sequence)
    issues = {issue.id: issue.model_dump(exclude={"heard"}) for issue in desk.stored(KnownIssue)}
    (kept,) = desk.stored(Complaint)
    return kept.issue_id, issues


@settings(max_examples=60)
@given(order=st.permutations(story("c")), again=st.lists(st.integers(0, 7), max_size=4))
def test_any_order_and_any_repetition_ends_the_same(order: list[Told], again: list[int]) -> None:
    wanted = asyncio.run(heard(story("c")))
    assert wanted[0] == "a"
    assert (wanted[1]["a"]["step"], wanted[1]["a"]["acknowledged_by"]) == (3, None)
    assert asyncio.run(heard([*order, *(order[place] for place in again)])) == wanted


async def test_an_issue_about_somebody_elses_complaint_is_kept_and_harms_nothing() -> None:
    desk = CardDesk()
    await desk.handle(hear_opened, opened("a", "nobody").event, sequence=1)
    assert [issue.number for issue in desk.stored(KnownIssue)] == ["I-a"]


async def test_a_complaint_that_moves_says_so_in_its_timeline() -> None:
    desk = CardDesk()
    complaint = await desk.file()
    for told in (opened("a", complaint.id), left("a", complaint.id, 2), opened("b", complaint.id)):
        await desk.handle(HEARS[type(told.event)], told.event, sequence=told.sequence)
    assert complaint.issue_id == "b"
    assert desk.timeline(complaint) == ["issue_left"]
