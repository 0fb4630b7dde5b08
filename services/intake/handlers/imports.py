"""Rows of a file (or of another system's table): filed like any other complaint, or as past cases."""

from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.handlers.filing import file_complaint
from services.intake.repository.uow import IntakeUow


async def file_past_complaint(filing: Filing, uow: IntakeUow) -> Complaint:
    """A case that is over: counted and learned from, and nobody hears of it."""
    return await file_complaint(filing, uow, past=True)
