"""Attachments over HTTP: upload first, name the id in a filing, open what a complaint keeps."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from services.intake.api.complaints import found_complaint
from services.intake.api.limited import at_most
from services.intake.api.uploads import owner_of, take_single_file
from services.intake.domain.access import Access, may_open_files
from services.intake.domain.attachment import ANYBODY, open_key
from services.intake.handlers.access import open_file
from services.intake.repository.accesses import Accesses
from services.intake.repository.attachments import Attachments
from services.intake.repository.contacts import Contacts
from services.intake.schemas.attachments import AccessOut, AttachmentOut, AttachmentStaged, Opened
from shared.db.client import Mongo
from shared.errors import Forbidden, NotFound
from shared.identity.policy import EVERYONE, PUBLIC, Rule
from shared.privacy.file_cipher import FileCipher, opened_pieces
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

ROOT = "/api/intake/v1"
FOR_FILES = ("agent", "cs_manager", "safety_officer", "dept_manager", "assignee")
POLICY = [
    Rule("POST", f"{ROOT}/attachments", EVERYONE, "complaints:write"),
    Rule("POST", f"{ROOT}/public/attachments", PUBLIC),
    Rule("GET", f"{ROOT}/complaints/{{complaint_id}}/attachments", *FOR_FILES),
    Rule("GET", f"{ROOT}/attachments/{{attachment_id}}/content", *FOR_FILES),
    Rule("GET", f"{ROOT}/accesses", "auditor"),
]
UPLOADS: Final = (f"{ROOT}/attachments", f"{ROOT}/public/attachments")
_AS_A_FILE: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["attachments"])


@router.post("/attachments", status_code=201)
async def upload(request: Request, viewer: Viewer, run: Runner) -> AttachmentStaged:
    """Upload one file (`multipart/form-data`, field `file`); a filing names its id in `attachments` within 24 hours."""
    return await take_single_file(owner_of(viewer), request, run)


@router.post("/public/attachments", status_code=201, dependencies=[at_most("upload")])
async def upload_publicly(request: Request, run: Runner) -> AttachmentStaged:
    """The same without credentials, for `POST /public/complaints`; whoever knows the id may name it."""
    return await take_single_file(ANYBODY, request, run)


@router.get("/complaints/{complaint_id}/attachments")
async def list_attachments(complaint_id: Id, request: Request, viewer: Viewer) -> Page[AttachmentOut]:
    """The files of a complaint, for those who may open them."""
    complaint = await found_complaint(complaint_id, request)
    if not may_open_files(viewer, complaint):
        raise Forbidden
    running = request.app.state.running
    contact = await Contacts(running.mongo).one(complaint.id)
    if contact is None:
        raise NotFound
    person = running.vault.person(contact.key)
    kept = await Attachments(running.mongo).some(complaint.attachments)
    return Page(items=[AttachmentOut.named(each, open_key(each.private, person)[1]) for each in kept], next=None)


@router.get("/attachments/{attachment_id}/content", response_class=StreamingResponse)
async def download(attachment_id: Id, request: Request, viewer: Viewer, run: Runner) -> Response:
    """The file itself, never to be shown inside a page. The look is written into the log first."""
    opened = await run.keyed(None)(open_file, attachment_id, viewer, out=Opened)
    running = request.app.state.running
    kind = running.store.rules.attachments.kind(opened.kind)
    media_type = kind.media_types[0] if kind else "application/octet-stream"
    headers = _AS_A_FILE | {"Content-Disposition": disposition(opened.name)}
    return StreamingResponse(_content(running.mongo, opened), headers=headers, media_type=media_type)


async def _content(mongo: Mongo, opened: Opened) -> AsyncIterator[bytes]:
    async for piece in opened_pieces(mongo.files.read(opened.id), FileCipher(opened.key)):
        yield piece


def disposition(name: str) -> str:
    """`Content-Disposition` for saving under a name in any script (RFC 6266, 8187)."""
    plain = "".join(sign if sign.isascii() and sign.isprintable() and sign not in '"\\%' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@router.get("/accesses")
async def list_accesses(request: Request, paging: PagingQuery) -> Page[AccessOut]:
    """Who opened which file, newest first."""
    found = await Accesses(request.app.state.running.mongo).page(_behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, _place)
    return Page(items=[AccessOut.of(access) for access in shown], next=following)


def _place(access: Access) -> Cursor:
    return Cursor(int(access.at.timestamp() * 1000), access.id)


def _behind(cursor: Cursor | None) -> tuple[datetime, str] | None:
    return (cursor.moment, cursor.id) if cursor else None
