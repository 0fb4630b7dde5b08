"""How a text is cut into what can be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.search.grams import EDGE, grams_of, line_of, words_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("환불이 안 돼요!", "_환불이_안_돼요_"),
        ("  RC-880 (두유) ", "_rc_880_두유_"),
        ("ＲＣ８８０", "_rc880_"),
        ("Won't  WORK", "_won_t_work_"),
        ("C-2026-000123", "_c_2026_000123_"),
        ("환\u200b불", "_환불_"),
        ("화나요😡", "_화나요😡_"),
        ("", "_"),
        (" … !? ", "_"),
    ],
)
def test_words_stand_between_edges(text: str, line: str) -> None:
    assert line_of(text) == line


def test_every_pair_of_neighbours_is_a_term() -> None:
    assert grams_of("_환불_") == "_환 환불 불_"


@given(st.text())
def test_any_text_becomes_terms_of_two_letters_without_a_space_inside(text: str) -> None:
    line = line_of(text)
    terms = grams_of(line).split(" ") if len(line) > 1 else []
    assert all(len(term) == 2 for term in terms)
    assert len(terms) == max(0, len(line) - 1)


@given(st.text())
def test_an_edge_is_never_within_a_word(text: str) -> None:
    assert all(word and EDGE not in word for word in words_of(text))
