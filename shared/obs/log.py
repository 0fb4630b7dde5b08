"""Structured logs: one line an event, with the correlation id, without personal data."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from shared.obs.context import correlation_id

logger: structlog.stdlib.BoundLogger = structlog.get_logger()
_PROCESSORS: list[structlog.typing.Processor] = []
"""One list for good: a logger keeps the one with which it was used first."""


def _with_correlation(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    current = correlation_id.get("")
    if current:
        event.setdefault("correlation_id", current)
    return event


def start_logging(level: str, form: str) -> None:
    """Set up structlog, and let the libraries' own loggers speak from warning on."""
    render: Any = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    _PROCESSORS[:] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_correlation,
        structlog.processors.format_exc_info,
        render,
    ]
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for noisy in ("faststream", "pymongo"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it retries it calls an error; ours tell what stays
