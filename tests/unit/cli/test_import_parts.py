"""The parts of `ccms import`: fields, cells, what makes a row the same row, and a long file in little memory."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from deploy.cli.importing.fields import fields, place
from deploy.cli.importing.identity import Identity
from deploy.cli.importing.reading import Reader, Unreadable, value_of
from deploy.cli.importing.rejected import as_it_was, harmless
from services.intake.domain.filing import Filing
from shared.runtime.clock import KOREA
from tests.unit.cli.standin import KEY, standing_in

EXAMPLES: dict[str, str] = {"text": "전화", "moment": "2019-03-05", "day": "2019.3.5", "flag": "예", "whole": "3"}
VALID = {"phone": "02-123-4567", "email": "a@example.com", "text_version": "2026-01"}
"""Cells of fields that have a form of their own, by the last part of the field's name."""


def wrong_fields(filing: dict[str, Any]) -> set[str]:
    try:
        Filing.model_validate(filing, strict=False)
    except ValidationError as wrong:
        return {".".join(str(step) for step in error["loc"] if step != 0) for error in wrong.errors()}
    return set()


def test_the_fields_are_those_of_a_filing() -> None:
    wanted = {"body", "title", "kind", "channel", "product.code", "product.name", "product.lot", "occurred_at"}
    assert wanted | {"knowledge_at", "contact.name", "harm.persons.injury"} <= fields().keys()


@pytest.mark.parametrize("path", fields())
def test_every_field_takes_a_cell_that_a_filing_accepts(path: str) -> None:
    field = fields()[path]
    cell = VALID.get(path.rpartition(".")[2]) or (field.choices[0] if field.choices else EXAMPLES[field.form])
    filing: dict[str, Any] = {"body": "배송이 늦었어요"}
    place(filing, field.steps, value_of(cell, field, KOREA))
    assert path not in wrong_fields(filing)  # others may be: some make sense together only


@pytest.mark.parametrize(
    ("path", "cell", "value"),
    [
        ("kind", "불만", "complaint"),
        ("kind", "피해", "damage"),
        ("kind", "Damage", "damage"),
        ("remedy_sought", "환불", "refund"),
        ("channel", "콜센터", "phone"),
        ("channel", "1372", "1372"),
        ("harm.property_damage", "있음", True),
        ("harm.property_damage", "아니오", False),
        ("harm.persons.weeks", "1,2", 12),
        ("product.bought_on", "2019. 3. 5. 오후 2:30", "2019-03-05"),
        ("occurred_at", "2019-03-05 14:30", "2019-03-05T14:30:00+09:00"),
        ("occurred_at", "2019-03-05T05:30:00Z", "2019-03-05T05:30:00+00:00"),
    ],
)
def test_words_of_a_table_become_values(path: str, cell: str, value: object) -> None:
    assert value_of(cell, fields()[path], KOREA) == value


@pytest.mark.parametrize(
    ("path", "cell"),
    [("kind", "원한"), ("occurred_at", "03/05/2019"), ("harm.property_damage", "아마"), ("harm.persons.weeks", "-1")],
)
def test_a_cell_that_says_nothing_certain_is_no_value(path: str, cell: str) -> None:
    with pytest.raises(Unreadable):
        value_of(cell, fields()[path], KOREA)


def test_an_empty_cell_says_nothing() -> None:
    reader = Reader([("내용", fields()["body"]), ("성함", fields()["contact.name"])], {}, KOREA)
    assert reader.filing({"내용": "늦었어요", "성함": ""}) == {"body": "늦었어요"}


def test_rows_do_not_share_what_is_the_same_in_all() -> None:
    reader = Reader([("코드", fields()["product.code"])], {"product": {"name": "두유"}}, KOREA)
    first, second = reader.filing({"코드": "P-1"}), reader.filing({"코드": ""})
    assert (first["product"], second["product"]) == ({"name": "두유", "code": "P-1"}, {"name": "두유"})


def test_a_refused_field_is_told_by_its_column() -> None:
    reader = Reader([("몇 주", fields()["harm.persons.weeks"])], {}, KOREA)
    assert reader.column_of("harm.persons.0.weeks") == "몇 주"
    assert reader.column_of("body") is None


def test_the_order_of_columns_makes_no_other_row() -> None:
    rows = ({"a": "1", "b": "2"}, {"b": "2", "a": "1", "c": ""})
    assert len({Identity(None, None).of(row) for row in rows}) == 1


def test_what_stands_in_another_column_is_another_row() -> None:
    assert len({Identity(None, None).of(row) for row in ({"a": "1"}, {"b": "1"})}) == 2


def test_keys_of_two_systems_are_kept_apart_by_column_or_source() -> None:
    sources = {Identity("번호", None).source, Identity("접수번호", None).source, Identity("번호", "B").source}
    assert len(sources) == 3


@pytest.mark.parametrize("key", ["A\n1", "A  1", "  A 1 "])
def test_white_space_makes_no_other_key(key: str) -> None:
    assert Identity("번호", None).of({"번호": key}) == "A 1"


@pytest.mark.parametrize("cell", ["=1+1", "-3도", "보통", "'인용'", ""])
def test_what_was_made_harmless_can_be_had_back(cell: str) -> None:
    assert as_it_was(harmless(cell)) == cell


@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform != "linux", reason="the most memory a process took is asked of Linux")
def test_a_hundred_thousand_rows_take_little_memory(tmp_path: Path) -> None:
    """Every tenth row is bad. The importer is a process of its own, so that nothing else counts."""
    path, rows, limit = tmp_path / "long.csv", 100_000, 120
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["번호", "내용"])
        writer.writerows([n, "" if n % 10 == 0 else f"{n}번째 배송이 늦었어요. " * 12] for n in range(rows))
    code = (
        "import sys; from deploy.cli import group\n"
        "try: group(sys.argv[1:])\n"
        "finally: print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )
    with standing_in() as system:
        system.forget = True
        options = ["--map", "body=내용", "--url", system.url, "--api-key", KEY, "--json"]
        command = [sys.executable, "-c", code, "import", str(path), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f'"accepted": {rows * 9 // 10}' in done.stdout
    assert f'"rejected": {rows // 10}' in done.stdout
    assert int(done.stderr.split()[-1]) < limit * 1024
