"""What several rooms of the kernel's tests need."""

from collections.abc import AsyncIterator, Callable

import pytest

from shared.db.client import Mongo
from shared.runtime.settings import Settings
from tests.integration.kernel.mail import Mail, mail


@pytest.fixture
async def post(database: Callable[..., Mongo], settings: Settings) -> AsyncIterator[Mail]:
    """An empty outbox."""
    async with mail(database(), settings) as made:
        yield made
