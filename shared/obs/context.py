"""What follows one request or one record through the whole process: its correlation id and its trace."""

from contextvars import ContextVar

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""The id that joins logs, events and answers of one request; empty outside of one."""

traceparent: ContextVar[str] = ContextVar("traceparent", default="")
"""The caller's W3C trace context, as it came; empty when none came."""
