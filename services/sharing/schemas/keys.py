"""Shapes of API keys over HTTP; never those of events."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.sharing.domain.api_key import ApiKey


class KeyOut(BaseModel):
    """What is known of a key; its secret is not."""

    id: str
    holder: str
    held_by: str
    label: str
    may: list[str]
    made_at: datetime
    made_by: str
    revoked_at: datetime | None
    revoked_by: str | None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """The key."""
        return cls(id=key.key_id, **key.model_dump(exclude={"id", "key_id", "hash"}))


class KeyMade(KeyOut):
    """A new key. `api_key` is shown this once."""

    api_key: str
