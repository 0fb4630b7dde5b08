"""The log, set up more than once in a process, as commands and tests do."""

import pytest
from structlog.testing import capture_logs

from shared.obs.log import kind_and_place, logger, start_logging


@pytest.mark.usefixtures("log_as_before")
@pytest.mark.parametrize("before", ["info", "error"])
def test_a_logger_follows_the_set_up_that_came_after_its_first_use(before: str) -> None:
    start_logging(before, "json")
    logger.error("used.first")
    start_logging("info", "text")
    with capture_logs() as logged:
        logger.info("used.again")
    assert [line["event"] for line in logged] == ["used.again"]


@pytest.mark.usefixtures("log_as_before")
@pytest.mark.parametrize("form", ["json", "text"])
def test_an_exception_is_told_by_kinds_and_places_and_not_in_its_words(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("info", form)
    try:
        try:
            raise KeyError("홍길동 010-1234-5678")
        except KeyError as error:
            raise ValueError("홍길동") from error
    except ValueError as error:
        logger.error("task.ended", **kind_and_place(error))
    said = capsys.readouterr().err
    assert "홍길동" not in said
    assert "010" not in said
    assert [said.count(kind) for kind in ("ValueError", "KeyError", "test_log.py:")] == [1, 1, 1]
