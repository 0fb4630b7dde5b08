"""What a run of these tests has found is said at its end."""

import pytest

from tests.chaos.clusters.figures import Said

FOUND = pytest.StashKey[Said]()


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is known yet."""
    config.stash[FOUND] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line a fault."""
    for line in config.stash[FOUND]:
        terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Said:
    """Where figures are put."""
    return request.config.stash[FOUND]
