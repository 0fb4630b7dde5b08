"""Shapes of attachments in the API."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, Field

from services.intake.domain.access import Access
from services.intake.domain.attachment import UNCLAIMED, Attachment
from services.intake.handlers.access import OpenFile
from services.intake.handlers.attachments import StagedFile


class AttachmentStaged(BaseModel):
    """A file that waits for the complaint that names its id in `attachments`; after `expires_at` it is deleted."""

    id: str
    name: str = Field(description="The name it is kept under: without path, control and direction signs")
    kind: str
    size: int = Field(description="Bytes")
    expires_at: datetime

    @classmethod
    def of(cls, staged: StagedFile) -> Self:
        """What who uploaded it needs to know."""
        waits = staged.attachment
        expires_at = waits.arrived_at + UNCLAIMED
        return cls(id=waits.id, name=staged.name, kind=waits.kind, size=waits.size, expires_at=expires_at)


class AttachmentOut(BaseModel):
    """A file of a complaint, with its name: for those who may open it."""

    id: str
    name: str
    kind: str
    size: int
    kept_at: datetime | None
    added_by: str

    @classmethod
    def named(cls, kept: Attachment, name: str) -> Self:
        """A kept file with its name."""
        return cls(id=kept.id, name=name, kind=kept.kind, size=kept.size, kept_at=kept.kept_at, added_by=kept.added_by)


class Done(BaseModel):
    """Nothing but that it is done."""

    @classmethod
    def of(cls, _: Any) -> Self:
        """Whatever the handler gives back."""
        return cls()


class Opened(BaseModel):
    """A file's key and name on their way to the one who streams it; in no answer."""

    id: str
    kind: str
    size: int
    name: str
    key: bytes

    @classmethod
    def of(cls, opened: OpenFile) -> Self:
        """A file that may be read."""
        kept = opened.attachment
        return cls(id=kept.id, kind=kept.kind, size=kept.size, name=opened.name, key=opened.key)


class AccessOut(BaseModel):
    """One look at personal data."""

    id: str
    at: datetime
    by: str
    what: str
    subject: str
    complaint_id: str
    purpose: str | None = None

    @classmethod
    def of(cls, access: Access) -> Self:
        """A row of the log."""
        return cls.model_validate(access.model_dump())
