"""Where it was found is shown, and nothing that a person wrote becomes mark-up."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shared.language.text import fold
from shared.search.marking import Piece, as_html, is_in, marked
from shared.search.question import read_question


def html(text: str, typed: str, length: int | None = None) -> str:
    return as_html(marked(text, read_question(typed), length))


def test_a_noun_within_a_word_is_marked() -> None:
    assert html("전액환불이 안 돼요", "환불") == "전액<mark>환불</mark>이 안 돼요"


def test_case_and_width_do_not_matter_and_the_text_stays_as_it_was_written() -> None:
    assert html("ＲＣ-880 Refunds", "rc-880 refund") == "<mark>ＲＣ</mark>-<mark>880</mark> <mark>Refund</mark>s"


def test_neighbouring_places_become_one() -> None:
    assert html("이물질", "이물 물질") == "<mark>이물질</mark>"


def test_a_compound_is_marked_in_both_spellings() -> None:
    assert html("유통 기한과 유통기한", "유통기한") == "<mark>유통</mark> <mark>기한</mark>과 <mark>유통기한</mark>"


def test_a_single_letter_is_marked_where_a_word_begins_or_ends() -> None:
    assert html("칼 연필칼 칼날 스칼라", "칼") == "<mark>칼</mark> 연필<mark>칼</mark> <mark>칼</mark>날 스칼라"


def test_a_long_text_is_cut_around_the_first_place() -> None:
    pieces = marked("가 " * 300 + "이물질 발견" + " 나" * 300, read_question("이물질"), length=60)
    assert pieces[0] == pieces[-1] == Piece("…")
    assert Piece("이물질", found=True) in pieces
    assert sum(len(piece.text) for piece in pieces) <= 62


def test_without_a_place_the_beginning_is_shown() -> None:
    assert html("가나다라마바사", "없음", 4) == "가나다라…"
    assert not is_in("가나다라마바사", read_question("없음"))


def test_markup_in_a_text_stays_text() -> None:
    assert html("<script>환불</script>", "환불 script") == (
        "&lt;<mark>script</mark>&gt;<mark>환불</mark>&lt;/<mark>script</mark>&gt;"
    )


@given(st.text(max_size=300), st.text(max_size=20), st.none() | st.integers(5, 80))
def test_pieces_are_the_text_and_marking_is_always_safe(text: str, typed: str, length: int | None) -> None:
    pieces = marked(text, read_question(typed), length)
    if length is None and fold(text).aligned:
        assert "".join(piece.text for piece in pieces) == text
    bare = re.sub("</?mark>", "", as_html(pieces))
    assert "<" not in bare
    assert ">" not in bare
