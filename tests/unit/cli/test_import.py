"""`ccms import` as it is used: rows go to a system that stands in for CCMS, over real HTTP."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deploy.cli import group
from tests.unit.cli.standin import KEY, StandIn, standing_in

HEAD = ["번호", "내용", "접수일"]
BODIES = ["두유가 상했어요", "배송이 늦었어요", "전원이 켜지지 않아요", "환불이 안 됩니다"]


@pytest.fixture
def system() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCMS_LANGUAGE", "en")


def a_file(folder: Path, rows: list[list[str]], head: list[str] = HEAD, name: str = "calls.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def some_rows(bodies: list[str] = BODIES) -> list[list[str]]:
    return [[str(n), body, "2019-03-05"] for n, body in enumerate(bodies, 1)]


def run(system: StandIn, path: Path, *options: str, key: str = KEY) -> Result:
    return CliRunner().invoke(group, ["import", str(path), "--url", system.url, "--api-key", key, *options])


def figures(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_every_row_is_handed_in_with_its_fields(system: StandIn, tmp_path: Path) -> None:
    path = a_file(tmp_path, some_rows())
    options = ("--map", "body=내용", "--map", "occurred_at=접수일", "--set", "channel=전화", "--key", "번호")
    said = figures(run(system, path, *options, "--json"))
    assert (said["rows"], said["accepted"], said["rejected"]) == (4, 4, 0)
    assert [name for _source, name in system.rows] == ["1", "2", "3", "4"]
    first = {"body": BODIES[0], "occurred_at": "2019-03-05T00:00:00+09:00", "channel": "phone"}
    assert next(iter(system.rows.values())) == first


def test_fields_may_also_stand_behind_the_file(system: StandIn, tmp_path: Path) -> None:
    said = figures(run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "occurred_at=접수일", "--json"))
    assert said["accepted"] == 4
    assert all("occurred_at" in filing for filing in system.rows.values())


def test_the_same_file_again_adds_nothing_whatever_its_name(system: StandIn, tmp_path: Path) -> None:
    for name in ("calls.csv", "calls.csv", "renamed.csv"):
        last = figures(run(system, a_file(tmp_path, some_rows(), name=name), "--map", "body=내용", "--json"))
    assert (last["accepted"], last["already"]) == (0, 4)
    assert len(system.rows) == 4


def test_equal_rows_are_different_complaints_and_stay_so(system: StandIn, tmp_path: Path) -> None:
    rows = [["", "배송이 늦었어요", ""]] * 3 + [["", "환불이 안 됩니다", ""]]
    for _ in range(2):
        figures(run(system, a_file(tmp_path, rows), "--map", "body=내용", "--json"))
    assert sorted(system.bodies) == ["배송이 늦었어요"] * 3 + ["환불이 안 됩니다"]


def test_rows_that_were_added_to_a_file_are_taken_the_next_time(system: StandIn, tmp_path: Path) -> None:
    figures(run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "--json"))
    more = some_rows([*BODIES, "맛이 이상합니다"])
    said = figures(run(system, a_file(tmp_path, more), "--map", "body=내용", "--json"))
    assert (said["accepted"], said["already"]) == (1, 4)


def test_past_cases_go_where_nobody_hears_of_them(system: StandIn, tmp_path: Path) -> None:
    path = a_file(tmp_path, some_rows())
    run(system, path, "--map", "body=내용", "--map", "knowledge_at=접수일", "--history")
    assert {path for path, _ in system.requests} == {"/api/intake/v1/imports/history"}


def test_past_cases_without_a_date_are_pointed_out(system: StandIn, tmp_path: Path) -> None:
    assert "today" in run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "--history").stderr


def test_rejected_rows_are_kept_with_their_number_and_their_reason(system: StandIn, tmp_path: Path) -> None:
    rows = [*some_rows(), ["5", "", "2019-03-05"], ["6", "맛이 이상합니다", "어제"], ["", "색이 다릅니다", ""]]
    path = a_file(tmp_path, rows)
    said = figures(run(system, path, "--map", "body=내용", "--map", "occurred_at=접수일", "--key", "번호", "--json"))
    assert (said["accepted"], said["rejected"]) == (4, 3)
    kept = list(csv.reader((tmp_path / "calls.rejected.csv").open(encoding="utf-8-sig", newline="")))
    assert kept[0] == [*HEAD, "Row of the file", "Why it was rejected"]
    assert [row[-2] for row in kept[1:]] == ["6", "7", "8"]
    assert [row[-1].split(":")[0] for row in kept[1:]] == ["내용", "접수일", "The key column is empty in this row."]
    assert [row[:3] for row in kept[1:]] == rows[4:]


def test_rejected_rows_can_be_corrected_where_they_are_kept(system: StandIn, tmp_path: Path) -> None:
    path = a_file(tmp_path, [*some_rows(), ["5", "", "=1+1"]])
    run(system, path, "--map", "body=내용", "--key", "번호")
    kept = tmp_path / "calls.rejected.csv"
    text = kept.read_text(encoding="utf-8-sig").replace('"5",""', '"5","맛이 이상합니다"')
    kept.write_text(text, encoding="utf-8-sig")
    said = figures(run(system, kept, "--map", "body=내용", "--map", "product.lot=접수일", "--key", "번호", "--json"))
    assert (said["accepted"], said["rejected"]) == (1, 0)
    assert list(system.rows.values())[-1]["product"]["lot"] == "=1+1"


def test_a_run_without_rejected_rows_takes_the_file_of_the_last_one_away(system: StandIn, tmp_path: Path) -> None:
    run(system, a_file(tmp_path, [["1", "", ""]]), "--map", "body=내용")
    assert (tmp_path / "calls.rejected.csv").exists()
    run(system, a_file(tmp_path, some_rows()), "--map", "body=내용")
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


@pytest.mark.parametrize("cell", ["=1+1", "+82 10", "-3도", "@SUM(A1)", "＝1"])
def test_no_spreadsheet_runs_what_stands_in_a_rejected_row(system: StandIn, tmp_path: Path, cell: str) -> None:
    run(system, a_file(tmp_path, [[cell, "", ""]]), "--map", "body=내용")
    kept = list(csv.reader((tmp_path / "calls.rejected.csv").open(encoding="utf-8-sig", newline="")))
    assert kept[1][0] == f"'{cell}"


def test_a_dry_run_stores_nothing_and_says_what_would_be(system: StandIn, tmp_path: Path) -> None:
    result = run(system, a_file(tmp_path, [*some_rows(), ["5", "", ""]]), "--map", "body=내용", "--dry-run")
    assert system.rows == {}
    assert "4 would be accepted" in result.stdout
    assert "Delivery" in result.stdout


@pytest.mark.parametrize("how", [["--dry-run"], []])
def test_a_key_that_stands_twice_counts_once(system: StandIn, tmp_path: Path, how: list[str]) -> None:
    rows = [["1", "", ""], ["1", "배송이 늦었어요", ""], ["2", "환불이 안 됩니다", ""], ["1", "배송이 늦었어요", ""]]
    said = figures(run(system, a_file(tmp_path, rows), "--map", "body=내용", "--key", "번호", "--json", *how))
    assert (said["accepted"], said["already"], said["rejected"]) == (2, 1, 1)
    assert len(system.rows) == (0 if how else 2)


@pytest.mark.parametrize("failures", [[503], [0, 0], [500, 502, 504], [429]])
def test_a_system_that_is_away_for_a_moment_is_waited_for(system: StandIn, tmp_path: Path, failures: list[int]) -> None:
    system.failures = failures
    assert figures(run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "--json"))["accepted"] == 4


def test_rows_whose_answer_was_lost_are_counted_as_what_they_are(system: StandIn, tmp_path: Path) -> None:
    system.lose_answers = 2
    said = figures(run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "--json"))
    assert (said["accepted"], said["already"]) == (4, 0)
    assert len(system.rows) == 4


def test_a_system_that_stays_away_ends_the_import_with_how_to_go_on(system: StandIn, tmp_path: Path) -> None:
    system.failures = [503] * 1000
    result = run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "--patience", "0.3")
    assert result.exit_code == 1
    assert "has not answered" in result.stderr
    assert "Run the same command again" in result.stderr
    system.failures = []
    assert figures(run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", "--json"))["accepted"] == 4


def test_rows_at_which_the_system_itself_fails_end_with_exit_code_1_and_can_be_run_again(
    system: StandIn, tmp_path: Path
) -> None:
    system.stumbles_over = {"2", "3"}
    options = ("--map", "body=내용", "--key", "번호", "--json")
    result = run(system, a_file(tmp_path, some_rows()), *options)
    said = json.loads(result.stdout)
    assert (result.exit_code, said["accepted"], said["rejected"], said["failed"]) == (1, 2, 2, 2)
    assert "Run the same command again" in result.stderr
    system.stumbles_over = set()
    assert figures(run(system, a_file(tmp_path, some_rows()), *options))["accepted"] == 2


def test_a_key_that_may_not_ends_the_import_at_once(system: StandIn, tmp_path: Path) -> None:
    result = run(system, a_file(tmp_path, some_rows()), "--map", "body=내용", key="ccms_other_key")
    assert result.exit_code == 1
    assert "Sign in." in result.stderr


def test_a_file_that_breaks_off_keeps_what_stood_before(system: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("내용\n" + "배송이 늦었어요\n" * 5 + '"끝나지 않는 "따옴표\n', encoding="utf-8")
    result = run(system, path, "--map", "body=내용")
    assert result.exit_code == 1
    assert "Row 7" in result.stderr
    assert len(system.rows) == 5


def test_a_text_beyond_the_limit_costs_its_row_and_no_other(system: StandIn, tmp_path: Path) -> None:
    path = a_file(tmp_path, some_rows([*BODIES, "가" * 40_000]))
    said = figures(run(system, path, "--map", "body=내용", "--json"))
    assert (said["accepted"], said["rejected"]) == (4, 1)


def test_the_reader_language_decides_what_the_system_says(
    system: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCMS_LANGUAGE", "ko")
    result = run(system, a_file(tmp_path, some_rows()), "--map", "body=내용")
    assert system.languages == {"ko"}
    assert "접수" in result.stdout
