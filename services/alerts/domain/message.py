"""In-app messages: what a person is told, once, and whether they have read it."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from services.alerts.domain.issue import Issue
from shared.contracts.issue import Step
from shared.db.aggregate import Aggregate, Document, index
from shared.runtime.ids import derived_id

CHANNEL = "in-app"

Kind = Literal["call", "actions", "action_overdue", "containment", "containment_overdue"]


class Message(Aggregate):
    """One message to one person about one issue; its id follows from reason, person and channel.

    `about` names what it is about, by language; `count` how many; `due_at` until when something has to be done.
    """

    collection: ClassVar[str] = "messages"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("person", "-at", "-_id"),
        index("person", "read_at", partialFilterExpression={"read_at": None}),
    )

    person: str
    kind: Kind = "call"
    issue_id: str
    number: str
    step: Step
    turn: int = 0
    count: int = 1
    about: dict[str, str] = Field(default_factory=dict)
    due_at: datetime | None = None
    at: datetime
    read_at: datetime | None = None

    def read(self, now: datetime) -> None:
        """The person has read it; the first time counts."""
        self.read_at = self.read_at or now


def message_to_called(issue: Issue, now: datetime) -> Message | None:
    """The message to the person whom the issue calls now; None when it calls nobody."""
    call = issue.call
    if call is None or not call.rings:
        return None
    until = call.acknowledge_by.isoformat()
    call.message = derived_id("message", issue.id, issue.stage, call.step, call.turn, call.person, CHANNEL, until)
    return Message(
        id=call.message,
        person=call.person,
        issue_id=issue.id,
        number=issue.number,
        step=call.step,
        turn=call.turn,
        due_at=call.acknowledge_by,
        at=now,
    )


def message_about(
    issue: Issue,
    kind: Kind,
    person: str,
    now: datetime,
    *,
    about: dict[str, str],
    due_at: datetime,
    count: int = 1,
    subject: str = "",
) -> Message:
    """A message to a person about something that has to be done; the same one for the same `subject` and time."""
    return Message(
        id=derived_id("message", kind, issue.id, issue.stage, subject, due_at.isoformat(), person, CHANNEL),
        person=person,
        kind=kind,
        issue_id=issue.id,
        number=issue.number,
        step=issue.step,
        count=count,
        about=about,
        due_at=due_at,
        at=now,
    )
