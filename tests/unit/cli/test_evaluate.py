"""`ccms evaluate likeness`: figures of a company's own pairs, or a sentence that says what is missing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deploy.cli.evaluate import command
from deploy.evaluation.likeness import Pair, area, measure

PAIRS = """q1,q2,same
세탁기가 고장났어요,세탁기가 고장 났습니다,예
두유에서 이물질이 나왔어요,두유에 이물질이 있었습니다,예
배송이 늦었어요,배송이 너무 늦습니다,예
세탁기가 고장났어요,상담원이 불친절해요,아니오
두유에서 이물질이 나왔어요,결제가 두 번 됐어요,아니오
"""


def evaluate(folder: Path, content: str, *options: str) -> Result:
    file = folder / "pairs.csv"
    file.write_text(content, encoding="cp949")
    columns = ["likeness", str(file), "--a", "q1", "--b", "q2", "--label", "same", "--same", "예"]
    return CliRunner(env={"CCMS_LANGUAGE": "en"}).invoke(command, [*columns, *options])


def test_pairs_that_are_alike_are_told_from_others(tmp_path: Path) -> None:
    done = evaluate(tmp_path, PAIRS, "--json")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    assert (figures["pairs"], figures["same"], figures["auc"], figures["precision"]) == (5, 3, 1.0, 1.0)


def test_figures_are_printed_for_people(tmp_path: Path) -> None:
    done = evaluate(tmp_path, PAIRS)
    assert "1.000" in done.output
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [("q1,q2\na,b\n", 2), ("", 1), ("q1,q2,same\n", 1), ("q1,q2,same\na,b,예\n", 1)],
)
def test_a_file_that_cannot_be_measured_says_why(tmp_path: Path, content: str, code: int) -> None:
    done = evaluate(tmp_path, content)
    assert done.exit_code == code
    assert "Error" in done.output


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    assert area([(0.9, True), (0.8, False), (0.7, True), (0.1, False)]) == 0.75
    assert area([(0.5, True), (0.5, False)]) == 0.5
    assert area([(0.5, True)]) is None


def test_nothing_called_alike_has_no_precision() -> None:
    figures = measure([Pair("가나다", "라마바", True), Pair("abc", "xyz", False)], 0.5)
    assert (figures.precision, figures.recall) == (None, 0.0)
