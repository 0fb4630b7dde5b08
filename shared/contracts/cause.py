"""Facts about the cause behind a complaint and its removal, told by intake. Staff stand in them by id only."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.card import CauseState, Evidence
from shared.contracts.event import Event


class CauseFound(Event):
    """A department gave its cause and how it will not happen again. `owing` are those that still have to."""

    type: ClassVar[str] = "cause.found"

    complaint_id: str
    number: str
    department: str
    cause: str
    product_code: str | None = None
    owing: list[str] = Field(default_factory=list)
    cause_state: CauseState
    by: str
    found_at: datetime


class CauseReturned(Event):
    """What a department gave is not enough, or did not hold: it owes anew."""

    type: ClassVar[str] = "cause.returned"

    complaint_id: str
    number: str
    department: str
    cause_state: CauseState
    by: str | None = None
    because: list[Because] = Field(default_factory=list)


class CauseVerified(Event):
    """The cause is verified as removed, for units made from `effective_from` or `effective_lot` on."""

    type: ClassVar[str] = "cause.verified"

    complaint_id: str
    number: str
    causes: list[str]
    product_code: str | None = None
    improvement_id: str | None = None
    effective_from: date
    effective_lot: str | None = None
    verified_by: str
    evidence: Evidence
    verified_at: datetime
    because: list[Because] = Field(default_factory=list)
