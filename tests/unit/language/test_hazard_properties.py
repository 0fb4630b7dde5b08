"""What holds for every text: nothing raises, nothing hangs, and words elsewhere change nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.language.dictionary import RULES
from tests.unit.language.sentences import ENGLISH, KOREAN

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PIECES = st.lists(
    st.sampled_from(
        [
            "불이 ",
            "나",
            "화상",
            "지 않",
            "을 뻔",
            "없었",
            "no ",
            "burn",
            "not ",
            "ed",
            "ㅠㅠ",
            "\ud800",
            "\u200b",
            "🔥",
        ]
    )
).map("".join)
UNRELATED = st.sampled_from(
    [
        "배송은 이틀 걸렸습니다",
        "주문번호를 잊었어요",
        "Thank you for reading",
        "상자는 파란색입니다",
        "😊",
        "",
    ]
)


@given(ANY_TEXT | PIECES)
def test_any_text_is_read(text: str) -> None:
    hazards = RULES.weigh(text)
    assert all(hazard.words for hazard in hazards.found)


@given(st.sampled_from(KOREAN + ENGLISH), UNRELATED, UNRELATED)
def test_other_sentences_take_no_hazard_away(told: tuple[str, set[str]], before: str, after: str) -> None:
    sentence, kinds = told
    assert kinds <= set(RULES.weigh(f"{before}. {sentence}. {after}").kinds)


@given(st.sampled_from(KOREAN + ENGLISH), UNRELATED)
def test_the_words_are_those_that_were_written(told: tuple[str, set[str]], before: str) -> None:
    text = f"{before}. ｛{told[0]}｝"
    assert all(word in text for hazard in RULES.weigh(text).found for word in hazard.words)


@given(ANY_TEXT)
def test_the_same_text_is_read_the_same_way(text: str) -> None:
    assert RULES.weigh(text) == RULES.weigh(text)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ["불이 ", "화상", "다치지 ", "no ", "가", "\u0301\u0316", "손에 데"])
def test_ten_megabytes_are_read_up_to_the_limit(piece: str) -> None:
    text = piece * (10_000_000 // len(piece))
    assert RULES.weigh(text).unread == len(text) - 200_000
