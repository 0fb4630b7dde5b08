"""`ccms evaluate likeness`: figures of a company's own pairs, or a sentence that says what is missing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deploy.cli.evaluating.command import command
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


HISTORY = {
    "배송": [
        "배송이 늦어요",
        "택배가 아직 안 왔어요",
        "배송 기사님이 물건을 두고 갔어요",
        "주문한 물건이 배송되지 않아요",
    ],
    "환불": ["환불해 주세요", "결제가 취소되지 않아요", "환불이 아직 안 됐어요", "카드 결제 취소를 요청합니다"],
    "품질": ["전원이 켜지지 않아요", "소음이 심해요", "화면이 깨져서 나와요", "버튼이 고장났어요"],
    "상담": ["상담원이 불친절해요", "전화 연결이 안 돼요", "상담 대기가 너무 길어요", "직원이 반말을 했어요"],
}
ASKED = [("배송이 안 와요", "배송"), ("환불이 늦어요", "환불"), ("전원 버튼이 고장", "품질"), ("상담원 전화", "상담")]


def history(folder: Path, rows: list[tuple[str, str]], name: str) -> str:
    lines = [f'"{text}",{label}' for text, label in rows]
    (folder / name).write_text("\n".join(["내용,부서", *lines]), encoding="utf-8")
    return str(folder / name)


def routed(folder: Path, asked: list[tuple[str, str]], *options: str) -> Result:
    known = [(text, label) for label, texts in HISTORY.items() for text in texts]
    files = history(folder, known, "old.csv"), history(folder, asked, "new.csv")
    arguments = ["routing", *files, "--text", "내용", "--label", "부서", *options]
    return CliRunner(env={"CCMS_LANGUAGE": "en"}).invoke(command, arguments)


@pytest.mark.parametrize("how", [[], ["--online"]])
def test_routing_learns_from_the_first_file_and_is_asked_for_the_second(tmp_path: Path, how: list[str]) -> None:
    done = routed(tmp_path, [*ASKED, ("이름표가 없어요", "표시")], "--json", *how)
    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    assert (figures["trained"], figures["tested"], figures["labels"], figures["new"]) == (16, 5, 4, 1)
    assert figures["accuracy"] == 0.8
    assert 0.8 <= figures["top3"] <= 1.0
    assert figures["macro_f1"] < 0.85
    assert figures["online"] is bool(how)


def test_what_was_routed_is_learned_at_once_when_asked_for(tmp_path: Path) -> None:
    new = [("이름표가 없어요", "표시"), ("성분 이름표가 틀려요", "표시"), ("이름표 글씨가 작아요", "표시")] * 4
    apart, online = (json.loads(routed(tmp_path, new, "--json", *how).output) for how in ([], ["--online"]))
    assert apart["accuracy"] == 0
    assert online["accuracy"] > 0.5


def test_rows_without_text_or_label_are_neither_learned_nor_asked(tmp_path: Path) -> None:
    figures = json.loads(routed(tmp_path, [*ASKED, ("", "배송"), ("무엇", "")], "--json").output)
    assert figures["tested"] == 4


@pytest.mark.parametrize("asked", [[], [("", "배송")]])
def test_routing_without_anything_to_route_says_so(tmp_path: Path, asked: list[tuple[str, str]]) -> None:
    done = routed(tmp_path, asked)
    assert (done.exit_code, "new.csv" in done.output) == (1, True)


def test_routing_needs_something_to_choose_between(tmp_path: Path) -> None:
    one = history(tmp_path, [("배송이 늦어요", "배송"), ("안 왔어요", "배송")], "one.csv")
    done = CliRunner().invoke(command, ["routing", one, one, "--text", "내용", "--label", "부서"])
    assert done.exit_code == 1
    wrong = CliRunner().invoke(command, ["routing", one, one, "--text", "글", "--label", "부서"])
    assert wrong.exit_code == 2


TEXTS = """내용,위험
전기밥솥에서 불이 나서 손을 데었어요,1
폭발적인 인기라더니 별로예요,0
배송이 늦어요,0
어쩐지 이상해요,1
"""


def hazards(folder: Path, *options: str) -> Result:
    (folder / "texts.csv").write_text(TEXTS, encoding="utf-8")
    arguments = ["hazards", str(folder / "texts.csv"), "--text", "내용", *options]
    return CliRunner(env={"CCMS_LANGUAGE": "en"}).invoke(command, arguments)


def test_hazards_are_told_with_the_words_that_decided(tmp_path: Path) -> None:
    said = json.loads(hazards(tmp_path, "--json").output)
    assert (said["texts"], said["taken"], said["precision"]) == (4, 1, None)
    (row,) = said["rows"]
    assert row["row"] == 2
    assert any("불이" in word for hazard in row["hazards"] for word in hazard["words"])
    plain = hazards(tmp_path)
    assert "Row 2: " in plain.output
    assert "Row 3: " not in plain.output


def test_hazards_are_held_against_what_people_said(tmp_path: Path) -> None:
    said = json.loads(hazards(tmp_path, "--label", "위험", "--json").output)
    assert (said["precision"], said["recall"]) == (1.0, 0.5)
    assert said["labels"] == {"1": [2, 1], "0": [2, 0]}
    assert hazards(tmp_path, "--label", "없는 열").exit_code == 2
