"""What a personnel office writes into its files, and what we understand of it."""

import io
from datetime import date
from typing import Any, cast

import pytest

from services.sharing.domain.entries import DepartmentEntry, PersonEntry
from services.sharing.domain.importing.cells import EmptyCell, day_of
from services.sharing.domain.importing.rows import ColumnNeeded, Kind, Read, SameColumn, columns_of, read_rows
from services.sharing.service import rules_of
from shared.files.tables import TableError, open_table
from shared.runtime.settings import Settings

RULES = rules_of(Settings()).directory
CODES = {"영업본부": "sales", "sales": "sales"}


def rows(text: str, kind: Kind = "people", encoding: str = "utf-8") -> list[Read]:
    table = open_table(io.BytesIO(text.encode(encoding)), "people.csv")
    return list(read_rows(table, kind, columns_of(table, kind, RULES), RULES, CODES))


def entry(text: str, kind: Kind = "people") -> Any:
    (read,) = rows(text, kind)
    assert read.problems == [], read
    return read.entry


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_korean_export_is_understood_as_it_is(encoding: str, separator: str) -> None:
    heading = "사번,성명,소속 부서,고용형태,역할,휴가시작일,휴가종료일,휴가 대결자"
    said = f"{heading}\nA-1,김하린,영업본부,계약직,상담원/위원,2026.12.24.,20261231,p-2\n"
    (read,) = rows(said.replace(",", separator), encoding=encoding)
    found = cast(PersonEntry, read.entry)
    assert (found.id, found.name, found.department, found.employment) == ("a-1", "김하린", "sales", "contract")
    assert found.roles == ["agent", "committee"]
    (leave,) = found.leaves or []
    assert (leave.start, leave.end, leave.deputy) == (date(2026, 12, 24), date(2026, 12, 31), "p-2")


def test_a_column_that_is_missing_says_nothing_and_an_empty_cell_clears() -> None:
    assert entry("id,name\np-1,Kim\n").changes() == {"name": "Kim"}
    assert entry("id,deputy,leave_start,leave_end,roles\np-1,,,,\n").changes() == {"deputy": None, "leaves": []}


@pytest.mark.parametrize(("word", "works_here"), [("재직", True), ("휴직", True), ("퇴직", False), ("N", False)])
def test_who_has_left_is_said_in_many_words(word: str, works_here: bool) -> None:
    assert entry(f"사번,재직여부\np-1,{word}\n").active is works_here


def test_departments_are_understood_too() -> None:
    found: DepartmentEntry = entry(
        "부서코드,이름,영문명,부서장,승계부서,사용여부\nEX,수출부,Export,P-1,sales,폐지\n", "departments"
    )
    assert found.changes() == {
        "names": {"ko": "수출부", "en": "Export"}, "head": "p-1", "active": False, "successor": "sales",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("p-1,   ,sales,,,,", "name"),
        ("p-1,\u200b,sales,,,,", "name"),
        ("p-1,a\u202eb,sales,,,,", "name"),
        ("p 1,Kim,sales,,,,", "id"),
        (",Kim,sales,,,,", "id"),
        ("p-1,Kim,없는부서,,,,", "department"),
        ("p-1,Kim,sales,황제,,,", "roles"),
        ("p-1,Kim,sales,consumer,,,", "roles"),
        ("p-1,Kim,sales,,2026-02-30,2026-03-01,", "leave_start"),
        ("p-1,Kim,sales,,2026-03-01,,", "leave_end"),
        ("p-1,Kim,sales,,,,soon", "call_order"),
        ("p-1," + "김" * 101 + ",sales,,,,", "name"),
    ],
)
def test_a_bad_cell_is_named_and_its_neighbours_are_taken(cells: str, field: str) -> None:
    head = "id,name,department,roles,leave_start,leave_end,call_order\n"
    good, bad, other = rows(f"{head}p-0,Lee,sales,,,,\n{cells}\np-9,Park,sales,,,,1\n")
    assert {problem.field for problem in bad.problems} == {field}
    assert bad.entry is None
    assert good.entry
    assert other.entry


@pytest.mark.parametrize(("cells", "field"), [(",Kim,sales", "id"), ("p-1,,sales", "name"), ("p-1,Kim,", "department")])
def test_an_empty_cell_is_called_empty_once(cells: str, field: str) -> None:
    (read,) = rows(f"id,name,department\n{cells}\n")
    assert [(problem.field, problem.text) for problem in read.problems] == [(field, EmptyCell.text)]


def test_no_cell_is_quoted_in_what_is_wrong_with_it() -> None:
    (read,) = rows("id,name,department,call_order\np-1,   ,sales,010-1234-5678\n")
    assert "1234" not in repr(read.problems)


def test_a_file_that_says_of_nobody_is_refused_whole() -> None:
    with pytest.raises(ColumnNeeded):
        rows("name,department\nKim,sales\n")
    with pytest.raises(SameColumn):
        rows("사번,id,name\n1,1,Kim\n")
    with pytest.raises(TableError):
        rows("")


@pytest.mark.parametrize(
    "written",
    ["2026-12-24", "2026.12.24", "2026.12.24.", "2026/12/24", "20261224", "2026년 12월 24일", " 2026. 12. 24 "],
)
def test_days_as_people_write_them(written: str) -> None:
    assert day_of(written) == date(2026, 12, 24)


@pytest.mark.parametrize("written", ["24.12.2026", "2026-13-01", "2026-02-30", "tomorrow", "1", "2026", "202613"])
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    assert day_of(written) is None
