"""How products are called on pages."""

import pytest

from services.alerts.presenting.speaker import isolated


@pytest.mark.parametrize("name", ["عسل", "\u202eevil", "דבש 🍯", "\u2067open"])
def test_what_is_written_from_the_right_is_set_apart_from_what_stands_beside_it(name: str) -> None:
    assert isolated(name) == f"\u2068{name}\u2069"


@pytest.mark.parametrize("name", ["전기장판 2인용", "EB-200", "꿀 🍯", "Crème brûlée", ""])
def test_what_is_written_from_the_left_stays_as_it_is(name: str) -> None:
    assert isolated(name) == name
