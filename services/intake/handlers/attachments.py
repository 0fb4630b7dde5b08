"""Files of complaints: staged when they have come, kept by the complaint that names them, dropped when none does."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from services.intake.domain.attachment import (
    UNCLAIMED,
    Attachment,
    AttachmentTwice,
    Seals,
    TooLargeTogether,
    TooManyAttachments,
    UnknownAttachment,
    UsedAttachment,
    open_key,
    seal_key,
)
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want
from shared.uploads.inspection import Inspected
from shared.uploads.kinds import MIB

AddedBy = Literal["filer", "customer", "staff"]


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that has come, with the name that only its sender and those who may open it read."""

    attachment: Attachment
    name: str


Noting = Callable[[StagedFile, IntakeUow], Awaitable[None]]
"""What else is written when a file has come, such as a line in the draft of a form."""


async def announce_file(id: str, owner: str, uow: IntakeUow) -> Attachment:
    """A file begins to come: from now on it is known, so that what is left of a broken upload is found."""
    return uow.add(Attachment(id=id, owner=owner, arrived_at=uow.now))


async def stage_file(id: str, found: Inspected, key: bytes, note: Noting | None, uow: IntakeUow) -> StagedFile:
    """All of the file is stored: it waits for the complaint that names it. `note` is written together with that."""
    attachment = await uow.need(Attachment, id)
    if attachment.state != "arriving":
        raise UnknownAttachment("file")
    attachment.state, attachment.kind, attachment.size = "staged", found.kind.code, found.size
    attachment.private = seal_key(key, found.name, uow.vault)
    staged = StagedFile(attachment, found.name)
    if note is not None:
        await note(staged, uow)
    return staged


async def claim_files(
    ids: Sequence[str], owner: str, complaint_id: str, person: Seals, uow: IntakeUow, added_by: AddedBy = "filer"
) -> list[str]:
    """Have a complaint keep the files that its filer uploaded; each wrong id is refused by field."""
    limits = uow.rules.attachments.per_complaint
    if len(ids) > limits.files:
        raise TooManyAttachments("attachments", limit=limits.files)
    await uow.fetch(*(Want(Attachment, "_id", id) for id in ids))
    total = 0
    for place, id in enumerate(ids):
        attachment = await uow.get(Attachment, id)
        if attachment is None or not attachment.may_be_named_by(owner):
            raise UnknownAttachment(f"attachments.{place}")
        if attachment.state == "kept":
            twice = id in ids[:place]
            raise (AttachmentTwice if twice else UsedAttachment)(f"attachments.{place}")
        _keep(attachment, complaint_id, person, uow, added_by)
        total += attachment.size
    if total > limits.megabytes * MIB:
        raise TooLargeTogether("attachments", limit=limits.megabytes)
    return list(ids)


def _keep(attachment: Attachment, complaint_id: str, person: Seals, uow: IntakeUow, added_by: AddedBy) -> None:
    key, name = open_key(attachment.private, uow.vault)
    attachment.private = seal_key(key, name, person)
    attachment.state, attachment.complaint_id = "kept", complaint_id
    attachment.kept_at, attachment.added_by = uow.now, added_by


async def drop_file(id: str, owner: str, uow: IntakeUow) -> None:
    """Its sender does not want it any more; a file that a complaint keeps stays."""
    attachment = await uow.get(Attachment, id)
    if attachment is not None and attachment.owner == owner and attachment.state in ("arriving", "staged"):
        attachment.state = "dropped"


async def drop_unclaimed(id: str, uow: IntakeUow) -> None:
    """Nobody named it for a day: its content may be deleted, unless somebody was faster."""
    attachment = await uow.get(Attachment, id)
    if attachment is not None and attachment.state in ("arriving", "staged"):
        attachment.state = "dropped" if uow.now - attachment.arrived_at >= UNCLAIMED else attachment.state


async def forget_dropped(id: str, uow: IntakeUow) -> None:
    """The content is deleted: nothing is left to know about it."""
    attachment = await uow.get(Attachment, id)
    if attachment is not None and attachment.state == "dropped":
        uow.remove(attachment)
