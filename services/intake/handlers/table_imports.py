"""Files of products and figures: begun, taken in parts, ended. A part and what is told of it are written together."""

from collections.abc import Sequence
from typing import Any

from services.intake.domain.products.columns import TableKind
from services.intake.domain.products.rows import BadRow, GoodRow
from services.intake.domain.products.table_import import KEPT_ROWS, RefusedRow, RefusedRows, TableImport
from services.intake.domain.products.taken import Taken
from services.intake.handlers.products import who
from services.intake.handlers.table_rows import take_rows
from services.intake.repository.uow import IntakeUow
from shared.errors import NotFound
from shared.runtime.ids import derived_id


async def begin_import(id: str, kind: TableKind, file_name: str, dry: bool, uow: IntakeUow) -> TableImport:
    """A file has come."""
    by, now = who(uow) or "", uow.now
    return uow.add(
        TableImport(id=id, kind=kind, file_name=file_name, dry=dry, started_by=by, started_at=now, beat_at=now)
    )


async def take_part(id: str, part: int, rows: Sequence[GoodRow | BadRow], uow: IntakeUow) -> Taken:
    """Take one part of a file."""
    taken = await take_rows(rows, (), uow)
    await note_part(id, part, taken, uow)
    return taken


async def note_part(id: str, part: int, taken: Taken, uow: IntakeUow) -> TableImport:
    """Write down what came of a part, and the first of the rows that were refused."""
    table = await _import(id, uow)
    refused = sorted(taken.refused, key=lambda row: row.number)
    if kept := [RefusedRow.of(row) for row in refused[: max(0, KEPT_ROWS - table.refused)]]:
        place = derived_id("refused rows", id, part)
        uow.add(RefusedRows(id=place, import_id=id, part=part, at=uow.now, rows=kept))
    table.rows += taken.rows
    table.added += taken.added
    table.changed += taken.changed
    table.same += taken.same
    table.refused += len(refused)
    table.beat_at = uow.now
    return table


async def end_import(id: str, trouble: str | None, inputs: dict[str, Any], uow: IntakeUow) -> TableImport:
    """It was read to its end, or as far as it can be read (`trouble` is a message id)."""
    table = await _import(id, uow)
    table.state, table.ended_at, table.beat_at = ("failed" if trouble else "done"), uow.now, uow.now
    table.trouble, table.trouble_inputs = trouble, inputs
    return table


async def _import(id: str, uow: IntakeUow) -> TableImport:
    table = await uow.get(TableImport, id)
    if table is None:
        raise NotFound
    return table
