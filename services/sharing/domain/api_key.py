"""API keys: who holds one and what it may. The secret is shown once and kept as a hash."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from services.sharing.domain.entries import PersonId
from services.sharing.domain.refusals.coming_in import KeyRevoked, ScopesOfPerson, ScopeUnknown
from shared.contracts.access import AccessChanged, KeyFacts
from shared.db.aggregate import Aggregate, Document, index
from shared.identity.api_keys import KEY_ID
from shared.identity.principal import ROLES
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import In, Line

SCOPE: Final = re.compile(r"[a-z][a-z-]*:(read|write)")
NO_KEY_ID: Final = _("A key's id has letters a to z, digits and hyphens, at most 40 of them.")


def _key_id(text: str) -> str:
    if not re.fullmatch(KEY_ID, text):
        raise wrong(NO_KEY_ID)
    return text


KeyId = Annotated[str, StringConstraints(max_length=200), AfterValidator(_key_id)]


class ApiKey(Aggregate):
    """One key. A system's `may` are scopes; a person's are roles, all of theirs when there is none."""

    collection: ClassVar[str] = "api_keys"
    indexes: ClassVar[tuple[Document, ...]] = (index("-made_at", "-_id"),)

    key_id: str
    hash: str
    holder: str
    label: str
    held_by: Literal["person", "system"]
    may: list[str]
    made_at: datetime
    made_by: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None

    def is_as_good_as(self, other: "ApiKey") -> bool:
        """Whether it is valid and opens the same to the same holder by the same secret."""
        same = (self.hash, self.holder, self.may) == (other.hash, other.holder, other.may)
        return same and self.revoked_at is None

    def become(self, other: "ApiKey") -> None:
        """Be the other one from now on, under the same id."""
        for field in ("hash", "holder", "label", "held_by", "may", "revoked_at", "revoked_by"):
            setattr(self, field, getattr(other, field))
        self.tell()

    def tell(self) -> None:
        """Tell the services what is known of it now."""
        about = KeyFacts(
            id=self.key_id,
            hash=self.hash,
            holder=self.holder,
            label=self.label,
            held_by=self.held_by,
            may=self.may,
            revoked=self.revoked_at is not None,
        )
        self.record(AccessChanged(entry_id=self.id, about=about))


class NewKey(In):
    """What is wanted of a new key. `label` is what pages call it."""

    id: KeyId
    holder: PersonId
    held_by: Literal["person", "system"] = "system"
    label: Line | None = None
    may: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=30)] = Field(
        default_factory=list
    )


def make_key(wanted: NewKey, hashed: str, by: str, now: datetime) -> ApiKey:
    """A new key. Raises what `check_may` refuses."""
    check_may(wanted.may, wanted.held_by)
    return ApiKey(
        id=stored_id(wanted.id),
        key_id=wanted.id,
        hash=hashed,
        holder=wanted.holder,
        label=wanted.label or wanted.holder,
        held_by=wanted.held_by,
        may=sorted(set(wanted.may)),
        made_at=now,
        made_by=by,
    )


def stored_id(key_id: str) -> str:
    """Under which id a key is kept."""
    return f"key:{key_id}"


def check_may(may: Sequence[str], held_by: Literal["person", "system"]) -> None:
    """Refuse what is neither role nor scope, and what does not go with the holder."""
    for each in may:
        if each not in ROLES and not SCOPE.fullmatch(each):
            raise ScopeUnknown("may", may=each[:60])
    if any((each in ROLES) is (held_by == "system") for each in may) or (held_by == "system" and not may):
        raise ScopesOfPerson("may")


def revoke(key: ApiKey, by: str, now: datetime) -> None:
    """The key is no longer taken."""
    if key.revoked_at is not None:
        raise KeyRevoked
    key.revoked_at, key.revoked_by = now, by
    key.tell()
