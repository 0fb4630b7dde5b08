"""What is understood of what a person types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.search.question import MOST_TERMS, Term, read_question


def texts(typed: str) -> list[str]:
    return [term.text for term in read_question(typed).wanted]


def test_words_are_wanted_together() -> None:
    assert texts("이물질  두유 ") == ["이물질", "두유"]


def test_quotation_marks_of_any_kind_make_a_phrase() -> None:
    for typed in ('"유통 기한"', "“유통 기한”", '"유통 기한'):
        assert read_question(typed).wanted == (Term("유통_기한", quoted=True),)


def test_a_minus_before_a_word_takes_it_out() -> None:
    question = read_question('환불 -배송 -"다른 상품"')
    assert [term.text for term in question.wanted] == ["환불"]
    assert [term.text for term in question.unwanted] == ["배송", "다른_상품"]


def test_a_hyphen_within_a_code_is_no_minus() -> None:
    assert texts("RC-880 C-2026-000123") == ["rc_880", "c_2026_000123"]


@pytest.mark.parametrize("typed", ["", "   ", '"', "-", "!? …", '""', "- -"])
def test_nothing_to_look_for_is_no_question(typed: str) -> None:
    assert not read_question(typed)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("유통기한", "유통_기한"),
        ("고객만족센터", "고객만족_센터"),
        ("rc_880", "rc880"),
        ("rc880", "rc_880"),
    ],
)
def test_a_word_may_be_written_in_other_ways(text: str, form: str) -> None:
    assert form in Term(text).forms()
    assert Term(text, quoted=True).forms() == (text,)


@pytest.mark.parametrize("text", ["환불", "이물질", "refund"])
def test_a_short_or_plain_word_has_one_form(text: str) -> None:
    assert Term(text).forms() == (text,)


@given(st.text(max_size=400))
def test_whatever_is_typed_makes_a_bounded_question(typed: str) -> None:
    question = read_question(typed)
    assert len(question.wanted) + len(question.unwanted) <= MOST_TERMS
    assert all(1 <= len(form) <= 80 for term in question.wanted for form in term.forms())
    assert all(len(term.forms()) <= 12 for term in question.wanted)
