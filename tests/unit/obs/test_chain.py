"""Log lines carry the ids of what they belong to, and nobody else's."""

import io
import json
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from shared.obs import log
from shared.obs.context import following, traceparent
from shared.obs.spans import committing

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PLACE = f"00-{TRACE}-{SPAN}-01"


@dataclass(frozen=True)
class Link:
    """One that waits for a transaction."""

    correlation_id: str
    traceparent: str


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, log_as_before: None) -> io.StringIO:
    """What is logged."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    log.start_logging("info", "json")
    return out


def told(lines: io.StringIO) -> dict[str, Any]:
    """One line, as a program reads it."""
    structlog.get_logger().info("something")
    return dict(json.loads(lines.getvalue().splitlines()[-1]))


def test_a_line_names_the_chain_the_trace_and_the_span(lines: io.StringIO) -> None:
    with following("correlation-of-one", PLACE):
        line = told(lines)
    assert (line["correlation_id"], line["trace_id"], line["span_id"]) == ("correlation-of-one", TRACE, SPAN)


def test_a_line_outside_of_any_chain_names_none(lines: io.StringIO) -> None:
    assert told(lines).keys() & {"correlation_id", "trace_id", "span_id"} == set()


def test_a_chain_ends_with_its_block_also_when_that_fails(lines: io.StringIO) -> None:
    with pytest.raises(ZeroDivisionError), following("correlation-of-one", PLACE):
        raise ZeroDivisionError
    assert "correlation_id" not in told(lines)


def test_what_several_wait_for_belongs_to_none_of_them_whoever_came_first(lines: io.StringIO) -> None:
    first, second = Link("correlation-of-one", PLACE), Link("correlation-of-another", "")
    with following(first.correlation_id, first.traceparent):
        with committing("intake", "ccms_intake", [first, second]):
            assert told(lines).keys() & {"correlation_id", "trace_id"} == set()
        with committing("intake", "ccms_intake", [second]):
            assert told(lines)["correlation_id"] == second.correlation_id
            assert traceparent.get() == ""
