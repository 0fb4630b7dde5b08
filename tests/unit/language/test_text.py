"""Text made equal for matching, and found again as it was written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.language.text import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ｂｕｒｎ", "burn"),
        ("BURN", "burn"),
        (unicodedata.normalize("NFD", "화상"), "화상"),
        ("화\u200b상", "화상"),
        ("\u202b화상\u202c", "화상"),
        ("５㎏", "5kg"),
        ("화\u00a0상", "화 상"),
        ("😱화상", "😱화상"),
        ("\ud800화상", "\ud800화상"),
        ("ﾊﾞ", "バ"),
    ],
)
def test_what_looks_alike_becomes_equal(written: str, folded: str) -> None:
    assert fold(written).text == folded


def test_words_are_given_back_as_they_were_written() -> None:
    text = fold("㎏ Ｂｕｒｎ 화\u200b상")
    start = text.text.index("화상")
    assert text.as_written(start, start + 2) == "화\u200b상"
    assert text.as_written(3, 7) == "Ｂｕｒｎ"


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_every_piece_of_the_folded_text_has_a_place_in_the_written_one(written: str) -> None:
    text = fold(written)
    assert all(text.as_written(at, at + 1) in written for at in range(len(text.text)))


@pytest.mark.timeout(10)
def test_marks_piled_on_one_letter_take_no_quadratic_time() -> None:
    assert len(fold("a" + "\u0301\u0316" * 500_000).text) < 100
