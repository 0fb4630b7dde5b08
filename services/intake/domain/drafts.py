"""What somebody has begun to write: sealed, short-lived, and nobody's complaint until it is filed."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final

import orjson
from pydantic import BaseModel, Field

from services.intake.domain.attachment import Seals
from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Conflict, Refused, StaleVersion
from shared.identity.principal import Principal
from shared.language.i18n import _

SEALED_FOR: Final = "draft"
DAY: Final = 86_400
PUBLIC_SECONDS: Final = DAY
CALL_SECONDS: Final = 7 * DAY
MOST_ANSWERS: Final = 200
SUPERVISOR: Final = "cs_manager"
"""The role that calls which broke down are handed to."""


class FiledAlready(Conflict):
    """A form that was filed, in another tab or a moment ago. Inputs: `number`."""

    text = _("This was filed already, as {number}. Nothing was filed twice; start a new form for something else.")


class ChangedInAnotherTab(StaleVersion):
    """The draft is newer than the one that was changed here."""

    text = _("This draft was changed in another window. Load the newest, or keep yours as a draft of its own.")


class TooMuchTyped(Refused):
    """More fields than any form has."""

    text = _("This form has more fields than it should; load the page again.")


class DraftFile(BaseModel):
    """A file that was uploaded for a draft."""

    id: str
    name: str
    size: int


class DraftContent(BaseModel):
    """What was typed, by the field's name, which questions were answered, and what was uploaded."""

    answers: dict[str, str] = Field(default_factory=dict)
    answered: list[str] = Field(default_factory=list)
    files: list[DraftFile] = Field(default_factory=list)

    def with_answers(self, typed: Mapping[str, str]) -> "DraftContent":
        """The same with these fields as they were typed last; an empty one is forgotten."""
        merged = {field: text for field, text in {**self.answers, **typed}.items() if text}
        if len(merged) > MOST_ANSWERS:
            raise TooMuchTyped
        return self.model_copy(update={"answers": merged})


class Draft(Aggregate):
    """A draft; `sealed` is its content."""

    sealed: bytes = b""
    saved_at: datetime

    def read(self, vault: Seals) -> DraftContent:
        """What it holds."""
        return DraftContent.model_validate_json(vault.open(self.sealed, SEALED_FOR)) if self.sealed else DraftContent()

    def write(self, content: DraftContent, vault: Seals, now: datetime) -> None:
        """Hold this from now on."""
        self.sealed, self.saved_at = vault.seal(orjson.dumps(content.model_dump()), SEALED_FOR), now


class PublicDraft(Draft):
    """A form that a visitor has begun. Its id is the hash of what only their browser holds; gone after a day."""

    collection: ClassVar[str] = "drafts"
    indexes: ClassVar[tuple[Document, ...]] = (index("saved_at", name="old", expireAfterSeconds=PUBLIC_SECONDS),)

    number: str | None = None

    @property
    def owner(self) -> str:
        """Who owns the files uploaded for it."""
        return f"draft:{self.id}"


class CallDraft(Draft):
    """A call that an agent writes down. `revision` counts its saves; `broken_at` says that the call broke down
    and that a supervisor is asked to take over. Nothing of it ever tells anything about the customer's priority.
    """

    collection: ClassVar[str] = "calls"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("owner", "-saved_at"),
        index("broken_at", partialFilterExpression={"broken_at": {"$type": "date"}}),
        index("saved_at", name="old", expireAfterSeconds=CALL_SECONDS),
    )

    owner: str
    revision: int = 0
    broken_at: datetime | None = None
    broken_by: str | None = None
    number: str | None = None

    def is_open_to(self, who: Principal) -> bool:
        """Whether somebody may go on with it: its owner, and a supervisor once the call broke down."""
        return self.owner == who.id or (self.broken_at is not None and SUPERVISOR in who.roles)


def public_draft_id(token: str) -> str:
    """The id of the draft that a browser's cookie opens; the database does not know the token."""
    return sha256(token.encode()).hexdigest()
