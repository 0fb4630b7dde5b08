"""The one truth about topics: type → model, owner, consumers, class, readers, partitions and ages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from shared.contracts.complaint import ComplaintAssigned, ComplaintClassified, ComplaintCreated
from shared.contracts.event import Event
from shared.contracts.issue import IssueAcknowledged, IssueEscalated, IssueGrew, IssueOpened, IssueShrank
from shared.contracts.submission import ComplaintSubmitted, SubmissionAccepted, SubmissionRefused

Class = Literal["open", "internal", "personnel", "contact"]

DEAD_LETTER_AGE = timedelta(days=30)
OUTBOX_AGE = timedelta(days=7)
RETENTION = timedelta(days=30)
INBOX_AGE = timedelta(days=40)
"""Longer than any topic keeps a record and longer than a dead letter can be replayed: a test holds it longest."""
COMMAND_AGE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic. `readers` are the kinds of outsiders that its class admits (ACLs, webhooks, SSE and trace obey)."""

    model: type[Event]
    owner: str
    consumers: tuple[str, ...] = ()
    kind: Class = "internal"
    readers: tuple[str, ...] = ("staff", "system")
    partitions: int = 3
    retention: timedelta = RETENTION
    compacted: bool = False
    command: bool = False

    @property
    def type(self) -> str:
        """Event type, as CloudEvents' `ce_type`."""
        return self.model.type

    @property
    def topic(self) -> str:
        """Topic name; a breaking version gets its own (`<type>.v2`)."""
        return self.type if self.model.version == 1 else f"{self.type}.v{self.model.version}"

    @property
    def schema_id(self) -> str:
        """Name of the JSON Schema, as CloudEvents' `ce_dataschema`, which has to be an absolute URI."""
        return f"urn:ccms:schema:{self.topic}"

    @property
    def schema_path(self) -> str:
        """Where the JSON Schema stands on the portal."""
        return f"/asyncapi/schemas/{self.topic}.json"


ENTRIES: tuple[Entry, ...] = (
    Entry(ComplaintCreated, owner="intake", consumers=("alerts",)),
    Entry(ComplaintClassified, owner="intake", consumers=("alerts",)),
    Entry(ComplaintAssigned, owner="intake"),
    Entry(
        ComplaintSubmitted,
        owner="intake",
        consumers=("intake",),
        kind="contact",
        readers=(),
        retention=timedelta(days=3),
        command=True,
    ),
    Entry(SubmissionAccepted, owner="intake", readers=("system",)),
    Entry(SubmissionRefused, owner="intake", readers=("system",)),
    Entry(IssueOpened, owner="alerts"),
    Entry(IssueGrew, owner="alerts"),
    Entry(IssueShrank, owner="alerts"),
    Entry(IssueEscalated, owner="alerts"),
    Entry(IssueAcknowledged, owner="alerts"),
)

CATALOGUE: dict[str, Entry] = {entry.topic: entry for entry in ENTRIES}


def entry_of(event: Event | type[Event]) -> Entry:
    """The catalogue's entry of an event or its class; `KeyError` when it is not in the catalogue."""
    return _BY_MODEL[event if isinstance(event, type) else type(event)]


def dead_letter_topic(service: str, topic: str) -> str:
    """Where `service` puts records of `topic` that it can never take."""
    return f"{service}.{topic}.dlq"


_BY_MODEL: dict[type[Event], Entry] = {entry.model: entry for entry in ENTRIES}
