"""Opening what holds personal data: allowed, written down, and only then shown."""

from dataclasses import dataclass

from services.intake.domain.access import access_of, may_open_files
from services.intake.domain.attachment import Attachment, open_key
from services.intake.domain.complaint import Complaint, Contact
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want
from shared.errors import Forbidden, NotFound
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that may be read: its key and its name."""

    attachment: Attachment
    key: bytes
    name: str


async def open_file(attachment_id: str, who: Principal, uow: IntakeUow) -> OpenFile:
    """The key of a kept file, and a row that says who asked for it. Raises `NotFound`, `Forbidden`."""
    attachment = await uow.get(Attachment, attachment_id)
    if attachment is None or attachment.state != "kept" or attachment.complaint_id is None:
        raise NotFound
    id = attachment.complaint_id
    await uow.fetch(Want(Complaint, "_id", id), Want(Contact, "_id", id))
    complaint, contact = await uow.get(Complaint, id), await uow.get(Contact, id)
    if complaint is None or contact is None:
        raise NotFound
    sight = uow.rules.sight.of(who, complaint, uow.organisation, uow.now.astimezone(KOREA).date())
    if sight.content != "all" or not may_open_files(who, complaint):
        raise Forbidden
    uow.add(access_of(uow.new_id(), attachment, who.id, uow.now))
    key, name = open_key(attachment.private, uow.vault.person(contact.key))
    return OpenFile(attachment, key, name)
