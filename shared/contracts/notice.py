"""Facts about safety notices (안전경보), told by alerts. Texts are masked before they get here."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.event import Event


class NoticePublished(Event):
    """A notice holds from now on. `edition` counts how often it was published; a seasonal one comes back by itself.

    `audience` are departments, none for everyone; `for_consumers`: it may be shown outside too.
    """

    type: ClassVar[str] = "notice.published"

    notice_id: str
    number: str
    edition: int
    title: str
    hazard: str
    rule: str
    consequence: str
    product_code: str | None = None
    issue_id: str | None = None
    audience: list[str] = Field(default_factory=list)
    for_consumers: bool = False
    must_read: bool = False
    by: str
    because: list[Because] = Field(default_factory=list)


class NoticeRead(Event):
    """A member of staff confirmed to have read an edition of a notice."""

    type: ClassVar[str] = "notice.read"

    notice_id: str
    number: str
    edition: int
    by: str
    department: str


class NoticeWithdrawn(Event):
    """A notice holds no longer."""

    type: ClassVar[str] = "notice.withdrawn"

    notice_id: str
    number: str
    edition: int
    by: str
    reason: str
