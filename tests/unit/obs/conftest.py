"""Tests of the log leave it as it was."""

from collections.abc import Iterator

import pytest
import structlog

from shared.obs import log


@pytest.fixture
def log_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log's set-up, put back afterwards."""
    before = structlog.get_config()
    monkeypatch.setattr(log, "_tells_each", log._tells_each)
    yield
    structlog.configure(**before)
