"""Taking a file in: known before it comes, looked at while it comes, encrypted before it is stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

from services.intake.domain.attachment import ANYBODY
from services.intake.handlers.attachments import Noting, announce_file, drop_file, stage_file
from services.intake.schemas.attachments import AttachmentStaged, Done
from shared.db.client import CHUNK
from shared.errors import Refused, Unavailable
from shared.identity.principal import Principal
from shared.language.i18n import _
from shared.privacy.file_cipher import FileCipher, new_file_key, sealed_pieces
from shared.runtime import crash
from shared.runtime.ids import random_id
from shared.uploads.inspection import Inspection
from shared.uploads.kinds import MIB
from shared.web.limits import Limit
from shared.web.multipart import Part, parts_of
from shared.web.reader import language_of
from shared.web.run import Run

FILE_FIELD = "file"
UPLOAD = Limit(body=64 * MIB, seconds=300.0)
"""Of routes that take files: the largest kind with its form around it, over a slow line."""


class NoFile(Refused):
    """A form without its file."""

    text = _("Choose a file first.")


def owner_of(who: Principal) -> str:
    """Whose uploads somebody may name."""
    return ANYBODY if who.kind == "public" else who.id


@asynccontextmanager
async def upload_place(request: Request) -> AsyncIterator[None]:
    """One of the few places for uploads; raises `Unavailable` when all are taken."""
    places: asyncio.Semaphore = request.app.state.uploads
    if places.locked():
        raise Unavailable(retry_after=3)
    async with places:
        yield


async def take_file(part: Part, owner: str, request: Request, run: Run, note: Noting | None = None) -> AttachmentStaged:
    """Store one file of a form and stage it; `note` is written in the same transaction. Raises what is wrong."""
    running = request.app.state.running
    once = run.keyed(None)
    inspection = Inspection(
        running.store.rules.attachments,
        part.filename or "",
        part.media_type,
        language_of(request.scope, running.settings.language),
    )
    id, key = random_id(), new_file_key()
    await once(announce_file, id, owner, out=Done)
    try:
        pieces = sealed_pieces(_watched(part, inspection), FileCipher(key), CHUNK)
        await running.mongo.files.write(id, pieces, running.store.clock.now())
        crash.point("file.stored")
        found = await inspection.end()
    except Refused as refused:
        await once(drop_file, id, owner, out=Done)
        async for _rest in part.pieces():  # or a browser would see a broken connection instead of the reason
            pass
        refused.field = refused.field or FILE_FIELD
        raise
    return await once(stage_file, id, found, key, note, out=AttachmentStaged)


async def _watched(part: Part, inspection: Inspection) -> AsyncIterator[bytes]:
    async for piece in part.pieces():
        inspection.take(piece)
        yield piece


async def take_single_file(owner: str, request: Request, run: Run, note: Noting | None = None) -> AttachmentStaged:
    """The one file of a form, in its field `file`; other fields are passed over. Raises `NoFile`."""
    async with upload_place(request):
        async for part in parts_of(request):
            if part.name == FILE_FIELD and part.filename:
                return await take_file(part, owner, request, run, note)
    raise NoFile(FILE_FIELD)
