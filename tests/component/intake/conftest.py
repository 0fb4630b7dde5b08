"""A fresh desk for every test."""

import pytest

from tests.component.intake.card_desk import CardDesk


@pytest.fixture
def desk() -> CardDesk:
    return CardDesk()
