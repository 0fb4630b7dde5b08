"""Rows of product and sales tables, as companies write them."""

import io
from typing import Any

import pytest

from services.intake.domain.products.columns import ColumnMissing, TableKind, TableRules, day_in, number_in, period_in
from services.intake.domain.products.exposure import NoSuchPeriod, days_of, exposure_id
from services.intake.domain.products.rows import BadRow, ExposureRow, GoodRow, ProductRow, RowReader
from shared.files.tables import open_table
from tests.unit.intake.rules import RULES

TABLES = TableRules.load()
LINES = RULES.taxonomy.file.product_lines


def read(kind: TableKind, text: str) -> list[GoodRow | BadRow]:
    table = open_table(io.BytesIO(text.encode()), "a.csv")
    reader = RowReader(kind, table.columns, TABLES, LINES)
    return [reader.read(row) for row in table.rows]


def one(kind: TableKind, text: str) -> Any:
    (row,) = read(kind, text)
    assert isinstance(row, GoodRow), row
    return row.said


def test_a_korean_table_of_products_is_understood() -> None:
    said: ProductRow = one(
        "products",
        "품번,제품명,제품군,판매여부,LOT 번호,생산 수량,제조일자\n"
        'RC-880,압력밥솥,소형 가전,단종,26K03,"4,800",2026.10.3',
    )
    assert (said.code, said.name, said.line, said.active) == ("RC-880", "압력밥솥", "appliance", False)
    assert (said.lot, said.quantity_made, str(said.made_on)) == ("26K03", 4800, "2026-10-03")


def test_an_english_table_of_figures_is_understood() -> None:
    said: ExposureRow = one("exposures", "SKU,Month,Type,Quantity,ignored\nRC-880,2026/10,Shipped,3120,x")
    assert (said.product_code, said.period, said.measure, said.units, said.lot) == (
        "RC-880",
        "2026-10",
        "shipped",
        3120,
        None,
    )


def test_a_figure_without_its_kind_is_what_the_rules_say() -> None:
    assert one("exposures", "code,period,units\nRC-880,2026-10,1").measure == TABLES.measure


def test_what_is_not_said_is_not_changed() -> None:
    said: ProductRow = one("products", "code,name,active\nRC-880,,")
    assert (said.name, said.active, said.line, said.lot) == (None, None, None, None)


@pytest.mark.parametrize(
    ("kind", "row", "field"),
    [
        ("products", "code,quantity made\nRC-880,many", "quantity_made"),
        ("products", "code,quantity made\nRC-880,-1", "quantity_made"),
        ("products", "code,made on\nRC-880,2026-02-30", "made_on"),
        ("products", "code,active\nRC-880,perhaps", "active"),
        ("products", "code,name\n,압력밥솥", "code"),
        ("products", "code,name\nRC 880,압력밥솥", "code"),
        ("exposures", "code,period,units\nRC-880,2026-13,1", "period"),
        ("exposures", "code,period,units\nRC-880,2026-10,1.5", "units"),
        ("exposures", "code,period,units,type\nRC-880,2026-10,1,lent", "measure"),
    ],
)
def test_a_wrong_cell_is_named_and_its_row_kept_as_it_was(kind: TableKind, row: str, field: str) -> None:
    (bad,) = read(kind, row)
    assert isinstance(bad, BadRow)
    assert (bad.number, bad.field) == (2, field)
    assert ",".join(bad.cells.values()) == row.partition("\n")[2]


def test_a_missing_column_is_named_with_what_it_may_be_called() -> None:
    with pytest.raises(ColumnMissing) as refused:
        read("products", "이름,로트\nx,y")
    assert "제품코드" in refused.value.inputs["called"] or "품번" in refused.value.inputs["called"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "written", ["2026-10-03", "2026.10.03", "2026. 10. 3.", "2026/10/3", "2026년 10월 3일", "20261003"]
)
def test_days_are_read_as_koreans_write_them(written: str) -> None:
    assert day_in(written) == "2026-10-03"


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2026-10", "2026-10"),
        ("2026.10", "2026-10"),
        ("2026년 1월", "2026-01"),
        ("202610", "2026-10"),
        ("2026w7", "2026-W07"),
        ("2026-10-03", "2026-10-03"),
        ("October", "October"),
    ],
)
def test_periods_are_read_as_koreans_write_them(written: str, period: str) -> None:
    assert period_in(written) == period


@pytest.mark.parametrize(
    ("written", "number"), [("1,234", "1234"), ("12", "12"), ("12.0", "12"), ("1,23", "1,23"), ("1.5", "1.5")]
)
def test_numbers_may_have_commas_between_thousands(written: str, number: str) -> None:
    assert number_in(written) == number


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-11-20", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_period_has_its_days(period: str, first: str, last: str) -> None:
    assert tuple(map(str, days_of(period))) == (first, last)


@pytest.mark.parametrize("period", ["2026", "2026-00", "2026-13", "2025-W53", "2026-02-30", "0001-01", "next week", ""])
def test_what_the_calendar_does_not_have_is_refused(period: str) -> None:
    with pytest.raises(NoSuchPeriod):
        days_of(period)


def test_one_figure_has_one_id_whatever_the_case_of_its_code() -> None:
    assert exposure_id("RC-880", None, "sold", "2026-10", "erp") == exposure_id("rc-880", "", "sold", "2026-10", "erp")
    assert exposure_id("RC-880", None, "sold", "2026-10", "erp") != exposure_id(
        "RC-880", None, "shipped", "2026-10", "erp"
    )
