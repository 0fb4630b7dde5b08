"""Which place of the bar a page belongs to: one, the nearest."""

import pytest

from shared.web.navigation import PLACES, place_of


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/alerts", "/alerts"),
        ("/alerts/notices/N-2026-000001", "/alerts"),
        ("/intake/complaints", "/intake/complaints"),
        ("/intake/complaints/C-2026-000001", "/intake/complaints"),
        ("/intake/complaints/new", "/intake/complaints/new"),
        ("/intake/product-imports", ""),
        ("/", ""),
    ],
)
def test_a_page_belongs_to_the_nearest_place(path: str, place: str) -> None:
    assert place_of(path, PLACES) == place
