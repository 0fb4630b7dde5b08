"""The safety notice (안전경보): a hazard, how to handle it, what happens otherwise, for whom and when it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from services.alerts.domain.season import Season
from shared.db.aggregate import Aggregate, Document, index

NoticeState = Literal["draft", "published", "resting", "withdrawn"]
WITHOUT_READING = frozenset({"admin", "auditor"})


def confirms(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles confirms reading: administrators see no notices, auditors change nothing."""
    return not WITHOUT_READING.issuperset(roles)


class NoticeText(BaseModel):
    """What a notice says and to whom. `audience` are departments, none for everyone; `must_read` asks to confirm."""

    title: str
    hazard: str
    rule: str
    consequence: str
    product_code: str | None = None
    product_name: str | None = None
    season: Season | None = None
    audience: list[str] = Field(default_factory=list)
    for_consumers: bool = False
    must_read: bool = False


class Notice(Aggregate):
    """One notice. `edition` counts how often it was published: each time it has to be read anew.

    `resting`: it is out of season until `turns_at`. `shown_at` is when it was last drafted, published or withdrawn;
    `published_at` when it first held or began to wait for its season.
    """

    collection: ClassVar[str] = "notices"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("number", unique=True),
        index("state", "-shown_at", "-_id"),
        index("text.for_consumers", "state", "-shown_at", "-_id"),
        index("issue_id", "-shown_at"),
    )

    number: str
    text: NoticeText
    issue_id: str | None = None
    issue_number: str | None = None
    state: NoticeState = "draft"
    edition: int = 0
    drafted_by: str
    drafted_at: datetime
    shown_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    published_by: str | None = None
    published_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    reason: str | None = None
    turns_at: datetime | None = None

    @property
    def was_told(self) -> bool:
        """Whether anybody but those who write and approve has to do with it: a draft that is dropped was never told."""
        return self.published_at is not None

    def is_for(self, department: str) -> bool:
        """Whether a department is asked to read it."""
        return not self.text.audience or department in self.text.audience


@dataclass(frozen=True, slots=True)
class Head:
    """What has to be known of a notice that holds, to say who has yet to read it."""

    id: str
    number: str
    edition: int
    title: str
    audience: list[str]
    must_read: bool
    shown_at: datetime

    def is_for(self, department: str) -> bool:
        """Whether a department is asked to read it."""
        return not self.audience or department in self.audience


class Reading(Aggregate):
    """A member of staff has read an edition of a notice; the id follows from who and what."""

    collection: ClassVar[str] = "readings"
    indexes: ClassVar[tuple[Document, ...]] = (index("notice_id", "edition"),)

    notice_id: str
    edition: int
    person: str
    department: str
    at: datetime
