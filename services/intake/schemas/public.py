"""Shapes for those without credentials."""

from datetime import datetime
from typing import Final, Self

from pydantic import BaseModel, Field

from services.intake.handlers.public_drafts import FiledWithSecret

TOLD: Final = ("progress", "resolution")


class PublicFiled(BaseModel):
    """The answer to a filing without credentials. Nothing about who deals with it inside the company."""

    id: str
    number: str
    state: str
    filed_at: datetime
    due: dict[str, datetime] = Field(description="By when it is told how far it is (`progress`), and answered")
    secret: str = Field(description="Shown once; with the number it opens the follow page")

    @classmethod
    def of(cls, filed: FiledWithSecret) -> Self:
        """What the filer gets to know."""
        complaint = filed.complaint
        return cls(
            id=complaint.id,
            number=complaint.number,
            state=complaint.state,
            filed_at=complaint.filed_at,
            due={clock.name: clock.due_at for clock in complaint.clocks if clock.name in TOLD},
            secret=filed.secret,
        )
