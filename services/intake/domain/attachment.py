"""Files attached to a complaint: first staged by whoever sends them, then kept by the complaint that names them."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal, Protocol

import orjson

from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Refused
from shared.language.i18n import _

UNCLAIMED: Final = timedelta(hours=24)
"""How long a file waits for the complaint that names it."""
SEALED_FOR: Final = "attachment"
ANYBODY: Final = "public"
"""Owner of what came without credentials: whoever knows its id, 122 random bits, may name it."""

State = Literal["arriving", "staged", "kept", "dropped"]


class Seals(Protocol):
    """The vault, or one person's key in it."""

    def seal(self, plain: bytes, purpose: str) -> bytes: ...
    def open(self, sealed: bytes, purpose: str) -> bytes: ...


class UnknownAttachment(Refused):
    """No such file, or not one that this sender uploaded."""

    text = _("There is no file of yours waiting under this id; upload it again.")


class UsedAttachment(Refused):
    """A file that belongs to a complaint already."""

    text = _("This file belongs to another complaint already; upload it again for this one.")


class AttachmentTwice(Refused):
    """The same file named twice."""

    text = _("This file stands here twice; name it once.")


class TooManyAttachments(Refused):
    """Inputs: `limit`."""

    text = _("At most {limit} files can be attached to one complaint.")


class TooLargeTogether(Refused):
    """Inputs: `limit` in MiB."""

    text = _("The files are larger than {limit} MiB together; leave one out or make it smaller.")


class Attachment(Aggregate):
    """What is known of a file; its content lies encrypted in the file store under the same id.

    `private` holds its key and its name: sealed under the master key while it waits, under the key of the complaint's
    person once it is kept, so that erasing the person erases the files.
    """

    collection: ClassVar[str] = "attachments"
    indexes: ClassVar[tuple[Document, ...]] = (index("state", "arrived_at"),)

    state: State = "arriving"
    owner: str
    arrived_at: datetime
    kind: str = ""
    size: int = 0
    private: bytes = b""
    complaint_id: str | None = None
    kept_at: datetime | None = None
    added_by: Literal["filer", "customer", "staff"] = "filer"

    def may_be_named_by(self, owner: str) -> bool:
        """Whether this sender uploaded it, and all of it has come."""
        return self.owner == owner and self.state in ("staged", "kept")


def seal_key(key: bytes, name: str, by: Seals) -> bytes:
    """A file's key and name, sealed."""
    return by.seal(orjson.dumps({"key": b64encode(key).decode(), "name": name}), SEALED_FOR)


def open_key(private: bytes, by: Seals) -> tuple[bytes, str]:
    """A file's key and name; raises `VaultError`."""
    said = orjson.loads(by.open(private, SEALED_FOR))
    return b64decode(said["key"]), said["name"]
