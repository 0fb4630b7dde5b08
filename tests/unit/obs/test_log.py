"""The log, set up more than once in a process, as commands and tests do."""

import pytest
from structlog.testing import capture_logs

from shared.obs.log import logger, start_logging


@pytest.mark.usefixtures("log_as_before")
@pytest.mark.parametrize("before", ["info", "error"])
def test_a_logger_follows_the_set_up_that_came_after_its_first_use(before: str) -> None:
    start_logging(before, "json")
    logger.error("used.first")
    start_logging("info", "text")
    with capture_logs() as logged:
        logger.info("used.again")
    assert [line["event"] for line in logged] == ["used.again"]
