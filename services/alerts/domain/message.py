"""In-app messages: what a person is told, once."""

from datetime import datetime
from typing import ClassVar

from services.alerts.domain.issue import Issue
from shared.contracts.issue import Step
from shared.db.aggregate import Aggregate, Document, index
from shared.runtime.ids import derived_id

CHANNEL = "in-app"


class Message(Aggregate):
    """One message to one person about one issue; its id follows from reason, person and channel."""

    collection: ClassVar[str] = "messages"
    indexes: ClassVar[tuple[Document, ...]] = (index("person", "-at", "-_id"),)

    person: str
    issue_id: str
    number: str
    step: Step
    turn: int
    at: datetime


def message_to_called(issue: Issue, now: datetime) -> Message | None:
    """The message to the person whom the issue calls now; None when it calls nobody."""
    if issue.call is None:
        return None
    step, turn, person = issue.call.step, issue.call.turn, issue.call.person
    return Message(
        id=derived_id("message", issue.id, step, turn, person, CHANNEL, issue.call.acknowledge_by.isoformat()),
        person=person,
        issue_id=issue.id,
        number=issue.number,
        step=step,
        turn=turn,
        at=now,
    )
