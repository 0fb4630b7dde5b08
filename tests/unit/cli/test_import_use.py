"""`ccms import` used in the wrong way says what would be right, before anything is sent (exit code 2)."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deploy.cli import group


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCMS_LANGUAGE", "en")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "calls.csv"
    file.write_text("번호,내용,제품코드\n1,배송이 늦었어요,P-1\n", encoding="utf-8")
    return file


def run(path: Path, *options: str) -> Result:
    address = ("--url", "http://127.0.0.1:9", "--api-key", "ccms_a_b", "--patience", "0")
    return CliRunner().invoke(group, ["import", str(path), *address, *options])


def test_an_unknown_field_is_named_with_the_nearest_and_all_there_are(path: Path) -> None:
    result = run(path, "--map", "body=내용", "--map", "product.cod=제품코드")
    assert result.exit_code == 2
    assert "Did you mean “product.code”?" in result.stderr
    assert "contact.name" in result.stderr


def test_a_missing_column_is_named_with_the_nearest_and_all_there_are(path: Path) -> None:
    result = run(path, "--map", "body=내용", "--map", "product.code=제품 코드")
    assert result.exit_code == 2
    assert "Did you mean “제품코드”?" in result.stderr
    assert "번호, 내용, 제품코드" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--map", "title=내용"),
        ("--map", "body"),
        ("--map", "body="),
        ("--map", "body=내용", "--map", "body=번호"),
        ("--map", "body=내용", "--set", "body=같은 말"),
        ("--map", "body=내용", "--key", "접수번호"),
        ("--map", "body=내용", "--set", "occurred_at=어제"),
        ("--map", "body=내용", "--set", "kind=원한"),
        ("--map", "body=내용", "--time-zone", "Seoul/Korea"),
        ("--map", "body=내용", "--url", "portal.example.com"),
        ("--map", "body=내용", "--api-key", "열쇠"),
        ("--map", "body=내용", "--rejected", "/no/such/folder/rejected.csv"),
    ],
)
def test_wrong_use_is_refused(path: Path, options: tuple[str, ...]) -> None:
    assert run(path, *options).exit_code == 2


def test_a_file_that_is_no_table_is_refused_by_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "calls.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    result = run(file, "--map", "body=내용")
    assert result.exit_code == 1
    assert "damaged" in result.stderr


@pytest.mark.parametrize(("head", "word"), [("내용,내용", "twice"), ("", "name the columns")])
def test_a_heading_that_names_no_certain_columns_is_refused(tmp_path: Path, head: str, word: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(f"{head}\n배송이 늦었어요,1\n" if head else "", encoding="utf-8")
    result = run(file, "--map", "body=내용")
    assert result.exit_code == 1
    assert word in result.stderr


def test_without_an_address_the_folder_of_the_running_system_is_named(path: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["import", str(path), "--map", "body=내용", "--data", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "ccms up" in result.stderr


def test_an_address_needs_a_key(path: Path) -> None:
    result = CliRunner().invoke(group, ["import", str(path), "--map", "body=내용", "--url", "http://127.0.0.1:9"])
    assert result.exit_code == 2
    assert "CCMS_API_KEY" in result.stderr


def test_the_system_on_this_machine_is_found_by_its_folder(path: Path, tmp_path: Path) -> None:
    account = {"cs_manager": {"name": "팀장", "api_key": "ccms_a_b"}}
    (tmp_path / "run.json").write_text(json.dumps({"url": "http://127.0.0.1:9", "accounts": account}))
    result = CliRunner().invoke(
        group, ["import", str(path), "--map", "body=내용", "--data", str(tmp_path), "--patience", "0"]
    )
    assert result.exit_code == 1
    assert "http://127.0.0.1:9 has not answered" in result.stderr


def test_a_system_without_the_sample_company_needs_a_key_and_says_so(path: Path, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"url": "http://127.0.0.1:9", "accounts": {"admin": {}}}))
    arguments = ["import", str(path), "--map", "body=내용", "--data", str(tmp_path), "--patience", "0"]
    without = CliRunner().invoke(group, arguments)
    assert without.exit_code == 2
    assert "CCMS_API_KEY" in without.stderr
    with_key = CliRunner().invoke(group, [*arguments, "--api-key", "ccms_a_b"])
    assert "http://127.0.0.1:9 has not answered" in with_key.stderr
