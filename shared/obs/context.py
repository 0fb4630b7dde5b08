"""What follows one request or one record through the whole process: its correlation id and its trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""The id that joins logs, events and answers of one request; empty outside of one."""

traceparent: ContextVar[str] = ContextVar("traceparent", default="")
"""Where in which trace this is, as W3C Trace Context; empty when it is in none."""


@contextmanager
def following(correlation: str, trace: str) -> Iterator[None]:
    """What is done in the block belongs to this chain, whatever began the task it runs in."""
    before = correlation_id.set(correlation), traceparent.set(trace)
    try:
        yield
    finally:
        correlation_id.reset(before[0])
        traceparent.reset(before[1])
