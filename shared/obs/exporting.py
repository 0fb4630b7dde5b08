"""The way to a collector of traces, which may be away; loaded only where traces are asked for."""

import logging
from collections.abc import Sequence
from time import monotonic
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult

from shared.obs.log import logger

QUIET: Final = 60.0
"""Seconds between two lines about spans that nobody took."""


class Exporter(OTLPSpanExporter):
    """Sends spans, and says now and then how many were lost; the library would say so at every try."""

    def __init__(self, address: str) -> None:
        super().__init__(endpoint=f"{address.rstrip('/')}/v1/traces")
        self._lost, self._told_at = 0, float("-inf")
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send some; what the collector does not take within its time is given up."""
        result = super().export(spans)
        if result is not SpanExportResult.SUCCESS:
            self._lost += len(spans)
            if monotonic() - self._told_at > QUIET:
                logger.warning("traces.lost", spans=self._lost)
                self._lost, self._told_at = 0, monotonic()
        return result
