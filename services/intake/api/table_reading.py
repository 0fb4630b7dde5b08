"""Taking a file of products or figures into the register: stored aside, read in parts, each part a transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, Final, cast

from fastapi import Request

from services.intake.api.uploads import FILE_FIELD, NoFile, upload_place
from services.intake.domain.acceptance import Deciding
from services.intake.domain.products.columns import TableKind
from services.intake.domain.products.rows import BadRow, GoodRow, RowReader
from services.intake.domain.products.taken import Taken
from services.intake.handlers.table_imports import begin_import, end_import, note_part, take_part
from services.intake.handlers.table_rows import take_rows
from services.intake.schemas.table_imports import Begun, PartTaken
from shared.db.committer import Committer
from shared.db.member import Member
from shared.db.uow import Cause
from shared.errors import Refused
from shared.files.limits import Limits
from shared.files.refusals import FileTooLarge
from shared.files.tables import Table, open_table
from shared.identity.principal import Principal
from shared.runtime.ids import derived_id, random_id
from shared.web.limits import Limit
from shared.web.multipart import Part, parts_of
from shared.web.run import Run

LIMITS: Final = Limits()
UPLOAD: Final = Limit(body=LIMITS.bytes + 64 * 1024, seconds=300.0)
IN_MEMORY: Final = 1024**2
PART: Final = 500
PATIENCE: Final = 2.0
"""Seconds that a request waits for a short file to be through."""
DRY_FIELD: Final = "dry_run"
LONGEST_NAME: Final = 120
YES: Final = frozenset({"1", "true", "on", "yes"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, set aside."""

    name: str
    file: IO[bytes]
    dry: bool


async def upload_of(request: Request) -> Upload:
    """The one file of a form (`file`), with `dry_run`. Raises `NoFile`, `FileTooLarge`."""
    name, file, dry = "", None, False
    async with upload_place(request):
        async for part in parts_of(request):
            if part.name == FILE_FIELD and part.filename:
                name, file = part.filename[-LONGEST_NAME:], await _set_aside(part)
            elif part.name == DRY_FIELD:
                dry = (await part.text()).strip().casefold() in YES
    if file is None:
        raise NoFile(FILE_FIELD)
    return Upload(name, file, dry)


async def _set_aside(part: Part) -> IO[bytes]:
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (it outlives the request)
    size = 0
    async for piece in part.pieces():
        size += len(piece)
        if size > LIMITS.bytes:
            file.close()
            raise FileTooLarge(limit=LIMITS.bytes // 1024**2)
        file.write(piece)
    return file


async def read_table(kind: TableKind, upload: Upload, request: Request, viewer: Principal, run: Run) -> str:
    """Take the file in; the id of its report. Waits for a short one. Raises what makes it unreadable at once."""
    running = request.app.state.running
    running.errands.has_room()
    reading = Reading(kind, upload, viewer, run.keyed(None), running.committer)
    await reading.open(running.store.rules)
    await running.errands.run("table import", reading.take(), PATIENCE)
    return reading.id


class Reading:
    """One file that is read and taken in."""

    def __init__(self, kind: TableKind, upload: Upload, viewer: Principal, run: Run, committer: Committer) -> None:
        self.id = random_id()
        self._kind, self._upload, self._viewer = kind, upload, viewer
        self._run, self._committer = run, committer
        self._new: set[str] = set()

    async def open(self, rules: Deciding) -> None:
        """Look at its columns, and note that it has come."""
        table = await asyncio.to_thread(open_table, cast(BinaryIO, self._upload.file), self._upload.name, LIMITS)
        lines = rules.classification.taxonomy.file.product_lines
        self._reader, self._table = RowReader(self._kind, table.columns, rules.tables, lines), table
        await self._run(begin_import, self.id, self._kind, self._upload.name, self._upload.dry, out=Begun)

    async def take(self) -> None:
        """Every part, then the end, with what stopped the reading if anything did."""
        trouble: Refused | None = None
        try:
            part = 0
            while rows := await asyncio.to_thread(self._rows, self._table):
                await self._take(part, rows)
                part += 1
        except Refused as refused:
            trouble = refused
        finally:
            self._upload.file.close()
        text, inputs = (trouble.text, dict(trouble.inputs)) if trouble else (None, {})
        await self._run(end_import, self.id, text, inputs, out=Begun)

    def _rows(self, table: Table) -> list[GoodRow | BadRow]:
        return [self._reader.read(row) for row in islice(table.rows, PART)]

    async def _take(self, part: int, rows: Sequence[GoodRow | BadRow]) -> None:
        if not self._upload.dry:
            await self._run(take_part, self.id, part, rows, out=PartTaken)
            return
        taken = await self._rehearsed(part, rows)
        self._new |= taken.new
        await self._run(note_part, self.id, part, taken, out=Begun)

    async def _rehearsed(self, part: int, rows: Sequence[GoodRow | BadRow]) -> Taken:
        async def handle(uow: Any) -> Taken:
            return await take_rows(rows, self._new, uow)

        cause = Cause(derived_id("rehearsal", self.id, part), principal=self._viewer)
        (outcome,) = await self._committer.rehearse([Member(cause, handle)])
        if outcome.error is not None:
            raise outcome.error
        return cast(Taken, outcome.result)
