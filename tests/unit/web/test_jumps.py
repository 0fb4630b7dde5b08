"""Numbers jump: in texts, and when they are typed."""

import pytest

from shared.web.jumps import linked, target_of


def test_a_number_in_a_text_is_a_link_and_the_rest_is_escaped() -> None:
    assert linked("<b>C-2026-000123</b> & I-2026-000007") == (
        '&lt;b&gt;<a href="/intake/complaints/C-2026-000123">C-2026-000123</a>&lt;/b&gt; &amp; '
        '<a href="/alerts/I-2026-000007">I-2026-000007</a>'
    )


@pytest.mark.parametrize("text", ["ABC-2026-000123", "C-2026-123", "C-2026-000123-7", "X-2026-000123", "C-2026"])
def test_what_is_no_number_of_ours_stays_text(text: str) -> None:
    assert "<a" not in linked(text)


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("C-2026-000123", "/intake/complaints/C-2026-000123"),
        ("c 2026 123", "/intake/complaints/C-2026-000123"),
        (" i-2026-7 ", "/alerts/I-2026-000007"),
        ("2026-123", None),
        ("P-2026-1", None),
    ],
)
def test_a_number_is_known_however_it_is_typed(typed: str, target: str | None) -> None:
    assert target_of(typed) == target
