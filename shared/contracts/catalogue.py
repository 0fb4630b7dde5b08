"""The one truth about topics: type → model, owner, consumers, class, readers, partitions and ages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from shared.contracts.access import AccessChanged
from shared.contracts.card import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintEscalated,
    ComplaintOverdue,
    ComplaintRated,
    ComplaintReferred,
    ComplaintReopened,
    ComplaintResolved,
    ComplaintUpdated,
    ComplaintWithdrawn,
)
from shared.contracts.cause import CauseFound, CauseReturned, CauseVerified
from shared.contracts.complaint import ComplaintAssigned, ComplaintClassified, ComplaintCreated
from shared.contracts.containment import ContainmentConfirmed, ContainmentLifted, ContainmentOrdered
from shared.contracts.event import Event
from shared.contracts.improvement import ImprovementVerified
from shared.contracts.issue import (
    IssueAcknowledged,
    IssueClosed,
    IssueContained,
    IssueEscalated,
    IssueGrew,
    IssueJoined,
    IssueLowered,
    IssueOpened,
    IssueProgressed,
    IssueReopened,
    IssueShrank,
    IssueSilenced,
    IssueSplit,
)
from shared.contracts.notice import NoticePublished, NoticeRead, NoticeWithdrawn
from shared.contracts.organisation import OrganisationChanged
from shared.contracts.product import ExposureChanged, ExposureReported, LotChanged, ProductChanged
from shared.contracts.submission import ComplaintSubmitted, SubmissionAccepted, SubmissionRefused

Class = Literal["open", "internal", "personnel", "contact"]

EVERY_SERVICE = ("intake", "alerts", "sharing")
"""Who keeps a copy of the organisation and of who may come in: a service does by being one."""

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
    erases: bool = False
    """It says that something is to be forgotten: a rebuild reads it before all others, and no restore undoes it."""
    counted_by: str | None = None
    """The field, of few values, by which events of this topic are counted (`ccms_outbox_sent_total`)."""
    frequent: bool = False
    """Told as often as complaints come: pages hear of it a fifth of a second later, many at a time."""
    announced: bool = False
    """Its owner is not built yet: others may take the topic already, nobody tells it."""

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
    Entry(ComplaintCreated, owner="intake", consumers=("alerts",), counted_by="severity", frequent=True),
    Entry(ComplaintClassified, owner="intake", consumers=("alerts",), frequent=True),
    Entry(ComplaintAssigned, owner="intake", frequent=True),
    Entry(ComplaintAcknowledged, owner="intake"),
    Entry(ComplaintUpdated, owner="intake"),
    Entry(ComplaintAnswered, owner="intake"),
    Entry(ComplaintResolved, owner="intake"),
    Entry(ComplaintReopened, owner="intake"),
    Entry(ComplaintClosed, owner="intake"),
    Entry(ComplaintEscalated, owner="intake"),
    Entry(ComplaintOverdue, owner="intake"),
    Entry(ComplaintRated, owner="intake"),
    Entry(ComplaintWithdrawn, owner="intake"),
    Entry(ComplaintReferred, owner="intake"),
    Entry(CauseFound, owner="intake"),
    Entry(CauseReturned, owner="intake"),
    Entry(CauseVerified, owner="intake"),
    Entry(ImprovementVerified, owner="accountability", consumers=("intake",), announced=True),
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
    Entry(ProductChanged, owner="intake", compacted=True),
    Entry(LotChanged, owner="intake", compacted=True),
    Entry(ExposureChanged, owner="intake", compacted=True),
    Entry(ExposureReported, owner="intake", consumers=("intake",), command=True),
    Entry(IssueOpened, owner="alerts", consumers=("intake",)),
    Entry(IssueGrew, owner="alerts", consumers=("intake",), frequent=True),
    Entry(IssueShrank, owner="alerts", consumers=("intake",)),
    Entry(IssueEscalated, owner="alerts", consumers=("intake",), counted_by="step"),
    Entry(IssueAcknowledged, owner="alerts", consumers=("intake",)),
    Entry(IssueProgressed, owner="alerts"),
    Entry(IssueContained, owner="alerts"),
    Entry(IssueLowered, owner="alerts", consumers=("intake",)),
    Entry(IssueSilenced, owner="alerts"),
    Entry(IssueClosed, owner="alerts"),
    Entry(IssueReopened, owner="alerts"),
    Entry(IssueJoined, owner="alerts", consumers=("intake",)),
    Entry(IssueSplit, owner="alerts", consumers=("intake",)),
    Entry(ContainmentOrdered, owner="alerts"),
    Entry(ContainmentConfirmed, owner="alerts"),
    Entry(ContainmentLifted, owner="alerts"),
    Entry(NoticePublished, owner="alerts"),
    Entry(NoticeRead, owner="alerts", kind="personnel", readers=("system",)),
    Entry(NoticeWithdrawn, owner="alerts"),
    Entry(OrganisationChanged, owner="sharing", consumers=EVERY_SERVICE, partitions=1, compacted=True),
    Entry(
        AccessChanged,
        owner="sharing",
        consumers=EVERY_SERVICE,
        kind="personnel",
        readers=(),
        partitions=1,
        compacted=True,
    ),
)

CATALOGUE: dict[str, Entry] = {entry.topic: entry for entry in ENTRIES}


def entry_of(event: Event | type[Event]) -> Entry:
    """The catalogue's entry of an event or its class; `KeyError` when it is not in the catalogue."""
    return _BY_MODEL[event if isinstance(event, type) else type(event)]


def dead_letter_topic(service: str, topic: str) -> str:
    """Where `service` puts records of `topic` that it can never take."""
    return f"{service}.{topic}.dlq"


_BY_MODEL: dict[type[Event], Entry] = {entry.model: entry for entry in ENTRIES}
