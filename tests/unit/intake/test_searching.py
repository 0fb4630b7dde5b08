"""What complaints are called and found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.searching import name_in, names_of, number_in
from shared.search.question import read_question


@pytest.mark.parametrize("typed", ["C-2026-000123", "c-2026-123", " C2026000123 ", "C 2026 000123", "C-2026-0000123"])
def test_a_number_is_known_however_it_is_written(typed: str) -> None:
    assert number_in(typed) == "C-2026-000123"


@pytest.mark.parametrize("typed", ["123", "2026-000123", "RC-880", "C-26-123", "환불", "C-2026-", ""])
def test_what_is_no_whole_number_leads_nowhere_by_itself(typed: str) -> None:
    assert number_in(typed) is None


@pytest.mark.parametrize("typed", ["C-2026-000123", "2026-000123", "000123", "123", "C2026000123"])
def test_a_complaint_is_called_by_any_part_of_its_number(typed: str) -> None:
    assert name_in(typed, read_question(typed)) in names_of("C-2026-000123")


@pytest.mark.parametrize("typed", ["환불", "123 환불", '"123"', "RC-880", "-123"])
def test_other_words_are_no_name(typed: str) -> None:
    assert name_in(typed, read_question(typed)) == ""


@given(st.integers(1, 999_999_999))
def test_every_number_is_read_back(serial: int) -> None:
    assert number_in(f"c-2026-{serial}") == f"C-2026-{serial:06d}"
