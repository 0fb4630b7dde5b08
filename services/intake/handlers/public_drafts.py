"""The public form between its questions: kept on the server, opened by the browser's cookie, filed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.intake.domain.complaint import Complaint
from services.intake.domain.drafts import DraftContent, DraftFile, FiledAlready, PublicDraft
from services.intake.domain.filing import Filing
from services.intake.domain.secret import hash_of_secret
from services.intake.handlers.attachments import StagedFile, drop_file
from services.intake.handlers.filing import Filer, file_complaint
from services.intake.repository.uow import IntakeUow
from shared.errors import NotFound

WEB = "web"


@dataclass(frozen=True, slots=True)
class FiledWithSecret:
    """A complaint, and the secret that its filer gets to see once."""

    complaint: Complaint
    secret: str


async def save_answers(
    draft_id: str, typed: Mapping[str, str], answered: Sequence[str], uow: IntakeUow
) -> DraftContent:
    """Keep what was typed; `answered` names the questions that have their answer now. Raises `FiledAlready`."""
    draft = await _open_draft(draft_id, uow)
    content = draft.read(uow.vault).with_answers(typed)
    content.answered += [question for question in answered if question not in content.answered]
    draft.write(content, uow.vault, uow.now)
    return content


async def note_file(draft_id: str, staged: StagedFile, uow: IntakeUow) -> DraftContent:
    """A file came for the draft."""
    draft = await _open_draft(draft_id, uow)
    content = draft.read(uow.vault)
    content.files.append(DraftFile(id=staged.attachment.id, name=staged.name, size=staged.attachment.size))
    draft.write(content, uow.vault, uow.now)
    return content


async def leave_file_out(draft_id: str, file_id: str, uow: IntakeUow) -> DraftContent:
    """A file is not wanted after all."""
    draft = await _open_draft(draft_id, uow)
    content = draft.read(uow.vault)
    content.files = [file for file in content.files if file.id != file_id]
    draft.write(content, uow.vault, uow.now)
    await drop_file(file_id, draft.owner, uow)
    return content


async def throw_draft_away(draft_id: str, uow: IntakeUow) -> None:
    """The visitor begins anew: nothing of what was typed or uploaded stays."""
    draft = await uow.get(PublicDraft, draft_id)
    if draft is None:
        return
    for file in draft.read(uow.vault).files:
        await drop_file(file.id, draft.owner, uow)
    uow.remove(draft)


async def file_draft(draft_id: str, uow: IntakeUow, *, filing: Filing | None, secret: str) -> FiledWithSecret:
    """File what the draft became; from now on it is closed, whichever window still shows it. Raises `FiledAlready`."""
    draft = await uow.get(PublicDraft, draft_id)
    if draft is not None and draft.number is not None:
        raise FiledAlready(number=draft.number)
    if draft is None or filing is None:
        raise NotFound
    filed = await file_in_public(filing, uow, secret=secret, uploads_of=draft.owner)
    draft.number, draft.sealed = filed.complaint.number, b""
    return filed


async def file_in_public(filing: Filing, uow: IntakeUow, *, secret: str, uploads_of: str) -> FiledWithSecret:
    """File without credentials: the channel is the web, and the company knows of it from now on."""
    public = filing.model_copy(update={"channel": WEB, "knowledge_at": None})
    complaint = await file_complaint(public, uow, filer=Filer(uploads_of, hash_of_secret(secret)))
    return FiledWithSecret(complaint, secret)


async def _open_draft(draft_id: str, uow: IntakeUow) -> PublicDraft:
    draft = await uow.get(PublicDraft, draft_id)
    if draft is None:
        draft = uow.add(PublicDraft(id=draft_id, saved_at=uow.now))
    if draft.number is not None:
        raise FiledAlready(number=draft.number)
    return draft
