"""Servers in containers for these tests; `make test-containers` runs them where a Docker engine answers."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Servers
from tests.containers import servers as containers

HERE = Path(__file__).parent

os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")  # each test ends what it started, also when it fails


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs an engine, and images that may have to come from far."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.containers)
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Kafka and MongoDB that ask who it is."""
    with containers.servers(tmp_path_factory.mktemp("servers")) as made:
        yield made
