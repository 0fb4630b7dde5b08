"""Shapes of messages in alerts' API."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.alerts.domain.message import Message


class MessageOut(BaseModel):
    """An in-app message to the one who asks; `due_at` is until when something has to be done."""

    id: str
    kind: str
    issue_id: str
    number: str
    step: int
    turn: int
    count: int
    about: dict[str, str]
    due_at: datetime | None
    at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, message: Message) -> Self:
        """A message."""
        return cls.model_validate(message.model_dump())


class ReadOut(BaseModel):
    """How many messages were marked as read."""

    read: int

    @classmethod
    def of(cls, count: int) -> Self:
        """What a handler counted."""
        return cls(read=count)
