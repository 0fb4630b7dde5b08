"""Shapes of calls that are being written down."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from services.intake.handlers.calls import SavedCall


class CallSaved(BaseModel):
    """A draft after it was saved."""

    id: str
    revision: int = Field(description="The base of the next change")
    saved_at: datetime

    @classmethod
    def of(cls, saved: SavedCall) -> Self:
        """What the screen needs to know."""
        return cls(id=saved.draft.id, revision=saved.revision, saved_at=saved.draft.saved_at)
