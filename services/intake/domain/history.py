"""Imported history: past cases that are counted and learned from, and in which nothing is left to do."""

from datetime import datetime

from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing


def past_moment(filing: Filing, now: datetime) -> datetime:
    """When a past case was filed: when the company knew of it, else when it happened, else now."""
    return filing.knowledge_at or filing.occurred_at or now


def put_to_rest(complaint: Complaint) -> None:
    """A past case is over for the customer; its cause stays unknown. Nothing is sent, no clock runs, nobody is called.

    Whatever an accepted complaint sets going looks at `imported` first.
    """
    complaint.imported = True
    complaint.state = "resolved"
