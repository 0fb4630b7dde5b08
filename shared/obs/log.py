"""Structured logs: one line an event, with the ids of its chain and its trace, without personal data."""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from traceback import extract_tb
from typing import Any, Final

import structlog

from shared.obs.context import correlation_id, traceparent
from shared.obs.libraries import limit_libraries

logger: structlog.stdlib.BoundLogger = structlog.get_logger()

PLACES: Final = 8
"""Of how many calls and causes an exception's line tells."""
_tells_each = False


def tells_each() -> bool:
    """Whether there is a line for each request and each event (`debug`): asked before what would be in it is put
    together, because even a line that nobody wants takes its time.
    """
    return _tells_each


def _with_ids(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if chain := correlation_id.get():
        event.setdefault("correlation_id", chain)
    if place := traceparent.get():
        event.update(trace_id=place[3:35], span_id=place[36:52])
    return event


def kind_and_place(error: BaseException) -> dict[str, Any]:
    """Of an exception its kind, the kinds of those behind it, and places: what it says may hold what somebody wrote."""
    return {
        "error": type(error).__name__,
        "behind": [type(each).__name__ for each in _behind(error)],
        "at": [f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(error.__traceback__)[-PLACES:]],
    }


def _behind(error: BaseException) -> Iterator[BaseException]:
    for _ in range(PLACES):
        if (found := error.__cause__ or error.__context__) is None:
            return
        yield (error := found)


def start_logging(level: str, form: str) -> None:
    """Set up structlog, and let the libraries' own loggers speak from warning on."""
    global _tells_each
    _tells_each = level == "debug"
    render: Any = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _with_ids,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,  # or a logger keeps the level that held when it was used first
    )
    limit_libraries()
