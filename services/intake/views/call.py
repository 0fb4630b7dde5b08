"""Calls that are being written down."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in a list: how it begins, when it was saved last, and what became of it."""

    id: str
    begins: str
    saved_at: datetime
    broken_at: datetime | None = None
    agent: str = ""
    number: str | None = None


@dataclass(frozen=True, slots=True)
class CallsView:
    """Calls to go on with, calls that broke down (for supervisors), and those that were filed."""

    open: list[CallRow]
    broken: list[CallRow]
    filed: list[CallRow]
    supervises: bool
