"""Rows of a file as entries of the directory, each one judged for itself."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import ValidationError

from services.sharing.domain.entries import DepartmentEntry, PersonEntry
from services.sharing.domain.importing.cells import values_of
from services.sharing.domain.person import name_key
from services.sharing.domain.refusals.directory import UnknownDepartment
from services.sharing.domain.rules import DirectoryRules
from shared.errors import Refused
from shared.files.tables import Row, Table
from shared.identity.organisation import DEPARTMENT_CODE
from shared.language.i18n import _
from shared.web.field_errors import message_of

Kind = Literal["people", "departments"]
IDENTITY: Final[dict[Kind, str]] = {"people": "id", "departments": "code"}


class ColumnNeeded(Refused):
    """No column says whom a row is about. Inputs: `column`."""

    text = _("There has to be a column “{column}” that says whom each row is about; name it so in the first row.")


class SameColumn(Refused):
    """Two columns mean the same. Inputs: `first`, `second`."""

    text = _("The columns “{first}” and “{second}” mean the same; remove one of them.")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one field: a message id and what fills its places. Never what was written there."""

    field: str
    text: str
    inputs: dict[str, Any] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, refused: Refused) -> "Problem":
        """The problem behind a refusal."""
        return cls(refused.field or "", refused.text, refused.inputs)


@dataclass(slots=True)
class Read:
    """One row that was read: `id` as far as there is one, its `entry` unless it has `problems`."""

    row: int
    id: str
    kind: Kind
    entry: PersonEntry | DepartmentEntry | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file mean, and those that mean nothing to us."""

    fields: Mapping[str, str]
    ignored: list[str]


def columns_of(table: Table, kind: Kind, rules: DirectoryRules) -> Columns:
    """The meaning of a file's columns. Raises `ColumnNeeded`, `SameColumn`: then nothing of the file is taken."""
    fields: dict[str, str] = {}
    ignored: list[str] = []
    for column in table.columns:
        meaning = rules.field_of(kind, column)
        if meaning is None:
            ignored.append(column[:60])
        elif meaning in fields.values():
            first = next(name for name, other in fields.items() if other == meaning)
            raise SameColumn("file", first=first[:60], second=column[:60])
        else:
            fields[column] = meaning
    if IDENTITY[kind] not in fields.values():
        raise ColumnNeeded("file", column=IDENTITY[kind])
    return Columns(fields, ignored)


def read_rows(
    table: Table, kind: Kind, columns: Columns, rules: DirectoryRules, codes: Mapping[str, str]
) -> Iterator[Read]:
    """Every row as an entry or as what is wrong with it. `codes` are departments' codes by their names."""
    for row in table.rows:
        if row.problem is not None:
            yield Read(row.number, "", kind, None, [Problem.of(row.problem)])
            continue
        yield _read(row, kind, columns, rules, codes)


def _read(row: Row, kind: Kind, columns: Columns, rules: DirectoryRules, codes: Mapping[str, str]) -> Read:
    cells = {meaning: row.cells[column] for column, meaning in columns.fields.items()}
    said, wrong = values_of(cells, rules)
    id = str(said.get(IDENTITY[kind], "")).strip().lower()[:80]
    if kind == "departments":
        said = with_names(said)
    elif said.get("department"):
        said["department"] = codes.get(name_key(said["department"]), said["department"])
        if not re.fullmatch(DEPARTMENT_CODE, said["department"].lower()):
            wrong.append(UnknownDepartment("department", department=said.pop("department")[:60]))
    problems = [Problem.of(refused) for refused in wrong]
    entry = entry_of(said, kind, problems)
    return Read(row.number, id, kind, None if problems else entry, problems)


def entry_of(said: dict[str, Any], kind: Kind, problems: list[Problem]) -> PersonEntry | DepartmentEntry | None:
    """The entry that a row's values make; adds what is wrong with them to the problems."""
    shape: type[PersonEntry] | type[DepartmentEntry] = PersonEntry if kind == "people" else DepartmentEntry
    known = {problem.field for problem in problems}
    try:
        return shape.model_validate(said, strict=False)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False, include_input=False):
            text, inputs = message_of(error)
            if (field := _field(error["loc"])) not in known:
                problems.append(Problem(field, text, inputs))
        return None


def _field(location: Sequence[str | int]) -> str:
    """The column's field: lists and names stand in columns of their own."""
    first = str(location[0]) if location else ""
    return f"name_{location[1]}" if first == "names" and len(location) > 1 else first


def with_names(said: dict[str, Any]) -> dict[str, Any]:
    """A department's two names as one field, as far as the file has them."""
    names = {language: said.pop(f"name_{language}") for language in ("ko", "en") if f"name_{language}" in said}
    if "en" in names and not names["en"]:
        del names["en"]
    return said | {"names": names} if names else said
