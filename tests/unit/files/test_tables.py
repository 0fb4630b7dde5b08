"""Tables that people send: read whatever program wrote them, refused in words when they cannot be read."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from shared.files.limits import Limits
from shared.files.refusals import (
    BrokenWorkbook,
    CellTooLong,
    ColumnTwice,
    FileTooLarge,
    MoreCellsThanColumns,
    NoColumns,
    OldWorkbook,
    QuotesBroken,
    TableError,
    TooManyColumns,
    TooManyRows,
    UnknownEncoding,
    UnknownTable,
    UnpacksTooLarge,
)
from shared.files.tables import Row, open_table, rows

PRODUCTS = '코드,이름\nRC-880,압력밥솥 880\n\nSM-12,"검은콩, 두유"\n'


def read(content: bytes, name: str = "a.csv", limits: Limits | None = None) -> list[Row]:
    return list(rows(io.BytesIO(content), name, limits or Limits()))


def a_workbook(*lines: list[Any], **options: Any) -> bytes:
    book = Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    for title in options.get("before", ()):
        book.create_sheet(title, 0).sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_whose_packing_is_damaged_is_refused() -> None:
    whole = a_workbook(["code"], ["RC-880"])
    start = whole.index(b"xl/workbook.xml") + len("xl/workbook.xml")
    with pytest.raises(BrokenWorkbook):
        read(whole[:start] + b"\xff" * 8 + whole[start + 8 :], "a.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_is_read_however_a_program_wrote_it(encoding: str, separator: str, line_end: str) -> None:
    text = PRODUCTS.replace("이름\n", "이름\n").replace(",", separator).replace(f"콩{separator}", "콩,")
    found = read(text.replace("\n", line_end).encode(encoding))
    assert [(row.number, row.cells) for row in found] == [
        (2, {"코드": "RC-880", "이름": "압력밥솥 880"}),
        (4, {"코드": "SM-12", "이름": "검은콩, 두유"}),
    ]


def test_a_text_of_several_lines_is_one_cell_and_rows_count_as_a_spreadsheet_does() -> None:
    found = read(b'a,b\n"one\ntwo",x\nlast,y\n')
    assert [(row.number, row.cells["a"]) for row in found] == [(2, "one\ntwo"), (3, "last")]


def test_a_workbook_gives_texts_as_a_person_would_have_typed_them() -> None:
    content = a_workbook(
        ["코드", "수량", "값", "일자", "시각", "예"],
        ["RC-880", 1200, 0.5, date(2026, 11, 20), datetime.fromisoformat("2026-11-20T09:30"), True],
        [None] * 6,
        ["SM-12", 3.0, None, None, None, None],
    )
    first, second = read(content, "a.xlsx")
    assert list(first.cells.values()) == ["RC-880", "1200", "0.5", "2026-11-20", "2026-11-20T09:30:00", "true"]
    assert (second.number, second.cells["수량"], second.cells["값"]) == (4, "3", "")


def test_the_first_sheet_that_is_shown_is_read() -> None:
    assert read(a_workbook(["a"], ["x"], before=["hidden"]), "a.xlsx")[0].cells == {"a": "x"}


def test_content_decides_what_a_file_is_not_its_name() -> None:
    assert read(b"a\nx\n", "a.xlsx")[0].cells == {"a": "x"}
    assert read(a_workbook(["a"], ["x"]), "a.csv")[0].cells == {"a": "x"}


def test_a_row_with_too_many_cells_is_told_and_reading_goes_on() -> None:
    first, second = read(b"a,b\n1,2,3\n4,5\n")
    assert isinstance(first.problem, MoreCellsThanColumns)
    assert second == Row(3, {"a": "4", "b": "5"})


def test_columns_without_a_name_are_left_out() -> None:
    table = open_table(io.BytesIO(b"a,,b,\n1,2,3,\n"), "a.csv")
    assert table.columns == ["a", "b"]
    assert next(table.rows).cells == {"a": "1", "b": "3"}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoColumns),
        (b"\n \n", NoColumns),
        (b"a,b,a\n", ColumnTwice),
        (b",".join(b"c%d" % n for n in range(200)) + b"\n", TooManyColumns),
        (b'a,b\n"x,1\n2,3\n', QuotesBroken),
        (b'a,b\n"x"y,1\n', QuotesBroken),
        (b'a\n"' + b"x" * 200_000, CellTooLong),
        (b"a\n" + b"x" * 40_000, CellTooLong),
        (b"a,b\n\xff\xfe\xfd\n", UnknownEncoding),
        (b"a,b\nx\x00,1\n", UnknownEncoding),
        (b"\x89PNG\r\n\x1a\n", UnknownTable),
        (b"%PDF-1.7", UnknownTable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldWorkbook),
        (b"PK\x03\x04 nothing", BrokenWorkbook),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, refusal: type[TableError]) -> None:
    with pytest.raises(refusal) as refused:
        read(content)
    assert refused.value.field == "file"


def test_where_reading_stops_the_row_is_named() -> None:
    found = rows(io.BytesIO(b'a,b\n1,2\n3,4\n"open,5\n'), "a.csv")
    assert [next(found).number, next(found).number] == [2, 3]
    with pytest.raises(QuotesBroken) as refused:
        next(found)
    assert refused.value.row == 4


def test_more_than_the_limits_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        read(b"a\n" + b"x\n" * 100, limits=Limits(bytes=100))
    with pytest.raises(TooManyRows) as refused:
        read(b"a\n" + b"x\n" * 11, limits=Limits(rows=10))
    assert refused.value.row == 12


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 300 * 1024**2)
    assert len(bomb.getvalue()) < 1024**2
    with pytest.raises(UnpacksTooLarge):
        read(bomb.getvalue(), "a.xlsx")


def test_a_bomb_of_entities_is_refused(tmp_path: Path) -> None:
    """A billion laughs in the sheet: ten entities, each ten times the one before."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "laughs, laughs, laughs">{levels}]>'
    with zipfile.ZipFile(io.BytesIO(a_workbook(["a"], ["x"]))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("<worksheet", f"{doctype}<worksheet", 1)
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        "<sheetData>", "<sheetData><row><c t='str'><v>&l9;</v></c></row>"
    ).encode()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(TableError):
        read(bomb.getvalue(), "a.xlsx")


def test_any_zip_that_is_no_workbook_is_refused() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", "hello")
    with pytest.raises(UnknownTable):
        read(other.getvalue(), "a.xlsx")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(TableError):
        assert all(row.number > 1 for row in read(content))


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n")), min_size=2, max_size=2), max_size=8
    )
)
def test_what_is_written_is_read_back(lines: list[list[str]]) -> None:
    quoted = "\n".join(
        ",".join('"{}"'.format(cell.replace('"', '""')) for cell in line) for line in [["a", "b"], *lines]
    )
    found = [list(row.cells.values()) for row in read(quoted.encode())]
    assert found == [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]
