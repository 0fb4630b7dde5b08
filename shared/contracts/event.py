"""What every event is: a past-tense fact with a type, a version and no personal data."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Base of all event data. Unknown fields are ignored, so that a newer producer may add some."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    version: ClassVar[int] = 1
