"""What holds for every text: masking twice changes nothing, and takes linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.privacy.masking import mask
from tests.unit.privacy.test_masking import ADDRESSES, NAMES, NUMBERS
from tests.unit.privacy.test_masking_keeps import KEPT

PIECES = [name for name, _ in NAMES + NUMBERS + ADDRESSES] + KEPT
PIECES += [
    "0",
    "1",
    "-",
    " ",
    "010",
    "1234",
    "김",
    "님",
    "씨",
    "[이름]",
    "서울 ",
    "로 ",
    "동",
    "호",
    "@",
    "카드",
    "\ud800",
]


@given(st.text(st.characters(exclude_categories=())) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_masked_text_stays_as_it_is(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.sampled_from(NUMBERS[:20]), st.text(st.sampled_from("가나다 .,\n😊"), max_size=30))
def test_a_number_is_masked_wherever_it_stands(told: tuple[str, str], around: str) -> None:
    assert told[1] in mask(f"{around}\n{told[0]}\n{around}")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["1", "0-", "a@", "김", "가로 1 ", "서울 ", "계좌 1-", "010", "님", "+1-", "[", "*-1"]
)
def test_a_megabyte_is_masked_in_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    once = mask(text)
    assert mask(once) == once
