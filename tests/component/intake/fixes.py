"""Verified fixes and complaints about the same product: what tests of recurrence are made of."""

from datetime import date

from services.intake.domain.complaint import Complaint
from services.intake.handlers.issues import hear_grew, hear_opened
from shared.contracts.improvement import ImprovementVerified
from shared.contracts.issue import IssueGrew, IssueOpened
from tests.component.intake.card_desk import CardDesk

ISSUE = "issue-1"


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
