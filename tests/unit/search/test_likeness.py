"""How like texts are: complaints of the same matter, told in other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.search.likeness import Reading, likeness, weigh_by

BURNT = "전기장판을 켜 두었는데 타는 냄새가 나면서 온도 조절기가 녹았어요."
BURNT_TOO = "전기장판 온도조절기가 녹고 타는 냄새가 났습니다."
LATE = "주문한 두유가 사흘이나 늦게 도착했고 상자가 찢어져 있었습니다."


def like(one: str, other: str) -> float:
    return likeness(Reading(one), Reading(other))


def test_the_same_matter_is_more_alike_than_another() -> None:
    assert like(BURNT, BURNT_TOO) > 0.35 > like(BURNT, LATE)


def test_endings_do_not_hide_what_is_the_same() -> None:
    assert like("세탁기가 고장났어요", "세탁기가 고장 났습니다") > 0.6


def test_english_is_compared_in_the_same_way() -> None:
    assert like("The blender stopped working after a week", "Blender stopped working after one week") > 0.6
    assert like("The blender stopped working after a week", "My parcel never arrived") < 0.25


def test_phrases_of_every_complaint_do_not_make_two_alike() -> None:
    polite = "안녕하세요. 문의드립니다. {}. 빠른 확인 부탁드립니다. 감사합니다."
    burnt, late = (Reading(polite.format(text)) for text in (BURNT, LATE))
    others = [Reading(polite.format(f"{n}번 상품의 {n} 문제")) for n in range(50)]
    assert likeness(burnt, late, weigh_by([*others, burnt, late])) < likeness(burnt, late) / 1.5


@pytest.mark.parametrize("text", ["", "!!", " … "])
def test_nothing_is_like_nothing(text: str) -> None:
    assert like(text, BURNT) == like(text, text) == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_it_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    found = like(one, other)
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(like(other, one))


@given(st.text(alphabet="가나다라마바사 abcdef", min_size=3, max_size=100).filter(lambda t: len(t.strip()) > 2))
def test_a_text_is_itself(text: str) -> None:
    assert like(text, text) == pytest.approx(1.0)
