"""Who may come in: accounts of people and keys of systems, told by sharing to the services and to nobody else."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.event import Event


class EndedSession(BaseModel):
    """A session that was ended by hand; after `until` its cookie would not be taken any more anyway."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    until: datetime


class AccountFacts(BaseModel):
    """What a person may. Sessions that began before `sessions_from` and those in `ended` are over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["account"] = "account"
    holder: str
    active: bool
    roles: list[str]
    sessions_from: datetime
    ended: list[EndedSession] = Field(default_factory=list)


class KeyFacts(BaseModel):
    """What the holder of an API key may: `hash` is the SHA-256 of its secret in hex.

    A system's key has the scopes in `may`; a person's has those of the person's roles that stand there, or all of
    them when there is none.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["key"] = "key"
    id: str
    hash: str
    holder: str
    label: str
    held_by: Literal["person", "system"]
    may: list[str]
    revoked: bool = False


class AccessChanged(Event):
    """An account or an API key is as told here from now on. The newest record of a key says all about it."""

    type: ClassVar[str] = "access.changed"

    entry_id: str
    about: Annotated[AccountFacts | KeyFacts, Field(discriminator="kind")]
