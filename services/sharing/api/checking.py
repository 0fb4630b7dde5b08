"""The check of an import: read in a thread, compared with the directory, kept as a plan. Nothing else changes."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Final, cast

from services.sharing.domain.importing.plan import chunks_of, counts_of, plan
from services.sharing.domain.importing.rows import IDENTITY, Kind, Problem, Read, columns_of, entry_of, read_rows
from services.sharing.domain.person import name_key
from services.sharing.domain.rules import DirectoryRules
from services.sharing.handlers.imports import begin_import, end_check, keep_chunks
from services.sharing.repository.departments import Departments
from services.sharing.repository.standing import standing_of
from services.sharing.schemas.imports import ImportOut
from services.sharing.schemas.sign_in import Done
from shared.db.client import Mongo
from shared.files.tables import open_table
from shared.web.run import Run

TOGETHER: Final = 20
"""Chunks of a plan that are kept in one transaction."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is imported: a name for people, of which kinds its rows are, and whether the unnamed have left."""

    name: str
    kinds: list[str]
    mark_left: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that were read, and columns that mean nothing to us."""

    rows: list[Read]
    ignored: list[str]


Reading = Callable[[], Found]


def from_file(source: IO[bytes], name: str, kind: Kind, rules: DirectoryRules, codes: dict[str, str]) -> Reading:
    """Reads a CSV or XLSX file. Raises `TableError` and what `columns_of` raises, for all of the file."""

    def read() -> Found:
        table = open_table(cast(BinaryIO, source), name)
        columns = columns_of(table, kind, rules)
        return Found(list(read_rows(table, kind, columns, rules, codes)), columns.ignored)

    return read


def from_entries(people: Sequence[dict[str, Any]], departments: Sequence[dict[str, Any]]) -> Reading:
    """Reads entries that came as JSON; their numbers count from 1, departments and people for themselves."""

    def read() -> Found:
        each: list[tuple[Kind, Sequence[dict[str, Any]]]] = [("departments", departments), ("people", people)]
        return Found([_read(n, said, kind) for kind, all_said in each for n, said in enumerate(all_said, 1)], [])

    return read


def _read(number: int, said: dict[str, Any], kind: Kind) -> Read:
    problems: list[Problem] = []
    entry = entry_of(said, kind, problems)
    id = said.get(IDENTITY[kind])
    return Read(number, id.strip().lower()[:80] if isinstance(id, str) else "", kind, entry, problems)


async def codes_of(mongo: Mongo) -> dict[str, str]:
    """Codes of open departments by their names, of which files are full; a name that two share is none."""
    named: dict[str, set[str]] = {}
    for department in await Departments(mongo).all():
        for name in department.names.values():
            named.setdefault(name_key(name), set()).add(department.code)
    return {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1}


async def check(asked: Asked, reading: Reading, mongo: Mongo, run: Run) -> ImportOut:
    """Read, compare, keep the plan. Raises what makes a whole file unreadable; then nothing was stored."""
    found = await asyncio.to_thread(reading)
    people = {read.id for read in found.rows if read.kind == "people" and read.id}
    codes = {read.id for read in found.rows if read.kind == "departments" and read.id}
    standing = await standing_of(mongo, people, codes, everyone=asked.mark_left)
    drafts = await asyncio.to_thread(plan, found.rows, standing, asked.mark_left)
    begun = await run(begin_import, asked.name, asked.kinds, asked.mark_left, out=ImportOut)
    chunks = await asyncio.to_thread(lambda: list(chunks_of(drafts, begun.id, begun.at)))
    for start in range(0, len(chunks), TOGETHER):
        await run(keep_chunks, chunks[start : start + TOGETHER], out=Done)
    changes = sum(chunk.what == "changes" for chunk in chunks)
    return await run(end_check, begun.id, counts_of(drafts), found.ignored, changes, out=ImportOut)
