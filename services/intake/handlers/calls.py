"""Calls while they are written down: saved at every pause, resumed anywhere, handed over when they break down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.intake.domain.complaint import Complaint
from services.intake.domain.drafts import CallDraft, ChangedInAnotherTab, DraftContent, DraftFile, FiledAlready
from services.intake.domain.filing import Filing
from services.intake.handlers.attachments import StagedFile, drop_file
from services.intake.handlers.filing import Filer, file_complaint
from services.intake.repository.uow import IntakeUow
from shared.errors import Forbidden, NotFound
from shared.identity.principal import Principal


@dataclass(frozen=True, slots=True)
class SavedCall:
    """A draft after a change: its revision is the base of the next one."""

    draft: CallDraft
    content: DraftContent
    revision: int


async def save_call(
    id: str, typed: Mapping[str, str], added: Sequence[DraftFile], base: int, who: Principal, uow: IntakeUow
) -> SavedCall:
    """Keep what was typed on top of revision `base`; raises `ChangedInAnotherTab` when another was faster."""
    draft = await uow.get(CallDraft, id)
    if draft is None:
        if base != 0:  # it was filed or thrown away elsewhere
            raise ChangedInAnotherTab("revision")
        draft = uow.add(CallDraft(id=id, owner=who.id, saved_at=uow.now))
    _check(draft, who)
    if draft.revision != base:
        raise ChangedInAnotherTab("revision")
    files = [*draft.read(uow.vault).files, *added]
    content = DraftContent(files=files).with_answers(typed)
    return _saved(draft, content, uow)


async def note_call_file(id: str, who: Principal, staged: StagedFile, uow: IntakeUow) -> list[DraftFile]:
    """A file came for the call, perhaps before a word was typed; it is no change of what is typed."""
    draft = await uow.get(CallDraft, id) or uow.add(CallDraft(id=id, owner=who.id, saved_at=uow.now))
    _check(draft, who)
    content = draft.read(uow.vault)
    content.files.append(DraftFile(id=staged.attachment.id, name=staged.name, size=staged.attachment.size))
    draft.write(content, uow.vault, uow.now)
    return content.files


async def leave_call_file_out(id: str, file_id: str, who: Principal, uow: IntakeUow) -> SavedCall:
    """A file is not wanted after all."""
    draft = await _call(id, who, uow)
    content = draft.read(uow.vault)
    content.files = [file for file in content.files if file.id != file_id]
    await drop_file(file_id, uploads_owner(id), uow)
    draft.write(content, uow.vault, uow.now)
    return SavedCall(draft, content, draft.revision)


async def mark_breakdown(id: str, who: Principal, uow: IntakeUow) -> SavedCall:
    """The call broke down: a supervisor is asked to take it over. Says nothing about who called."""
    draft = await _call(id, who, uow)
    if draft.broken_at is None:
        draft.broken_at, draft.broken_by = uow.now, who.id
    return _saved(draft, draft.read(uow.vault), uow)


async def take_call_over(id: str, who: Principal, uow: IntakeUow) -> SavedCall:
    """A supervisor goes on with a call that broke down; two who try at once cannot both have it."""
    draft = await uow.get(CallDraft, id)
    if draft is None or draft.broken_at is None:
        raise NotFound
    draft.owner, draft.broken_at = who.id, None
    return _saved(draft, draft.read(uow.vault), uow)


async def throw_call_away(id: str, who: Principal, uow: IntakeUow) -> None:
    """Nothing is to become of it."""
    draft = await _call(id, who, uow)
    for file in draft.read(uow.vault).files:
        await drop_file(file.id, uploads_owner(id), uow)
    uow.remove(draft)


async def file_call(
    id: str, filing: Filing, who: Principal, expected: Callable[[int], None], uow: IntakeUow
) -> Complaint:
    """File the call as a complaint; its draft is closed. Raises `FiledAlready`, or what `expected` says."""
    draft = await uow.get(CallDraft, id)
    if draft is not None:
        _check(draft, who)
        expected(draft.revision)
    complaint = await file_complaint(filing, uow, filer=Filer(uploads_of=uploads_owner(id)))
    if draft is None:
        draft = uow.add(CallDraft(id=id, owner=who.id, saved_at=uow.now))
    draft.number, draft.sealed, draft.broken_at = complaint.number, b"", None
    return complaint


def uploads_owner(id: str) -> str:
    """Who owns the files uploaded for a call, whoever goes on with it."""
    return f"call:{id}"


async def _call(id: str, who: Principal, uow: IntakeUow) -> CallDraft:
    draft = await uow.get(CallDraft, id)
    if draft is None:
        raise NotFound
    _check(draft, who)
    return draft


def _check(draft: CallDraft, who: Principal) -> None:
    if draft.number is not None:
        raise FiledAlready(number=draft.number)
    if not draft.is_open_to(who):
        raise Forbidden


def _saved(draft: CallDraft, content: DraftContent, uow: IntakeUow) -> SavedCall:
    draft.revision += 1
    draft.write(content, uow.vault, uow.now)
    return SavedCall(draft, content, draft.revision)
