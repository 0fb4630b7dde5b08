"""Structured logs: one line an event, with the ids of its chain and its trace, without personal data."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from shared.obs.context import correlation_id, traceparent
from shared.obs.libraries import limit_libraries

logger: structlog.stdlib.BoundLogger = structlog.get_logger()

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
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,  # or a logger keeps the level that held when it was used first
    )
    limit_libraries()
