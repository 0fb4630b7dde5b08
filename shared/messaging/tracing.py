"""What goes onto a topic and what is taken from it, as spans of the trace that each event belongs to."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeAlias

from aiokafka import ConsumerRecord

from shared.contracts.cloudevents import ID, TRACEPARENT
from shared.contracts.envelope import Envelope
from shared.db.aggregate import Document
from shared.messaging.packing import Headers
from shared.obs import spans
from shared.obs.context import following
from shared.obs.log import logger, tells_each
from shared.obs.traces import Span, end, is_tracing, place_of

Raw: TypeAlias = "ConsumerRecord[bytes, bytes]"
TRACE = "traceparent"


@contextmanager
def sending(service: str, namespace: str, rows: Sequence[Document]) -> Iterator[list[tuple[Document, str, Headers]]]:
    """The rows with their topics and headers; where one is traced, its header names the span of its sending."""
    letters, begun = list[tuple[Document, str, Headers]](), list[Span]()
    for row in rows:
        topic, headers = f"{namespace}{row['topic']}", list(map(tuple, row["headers"]))
        parent = _said(TRACE, headers, TRACEPARENT) if is_tracing() else ""
        if parent and (span := spans.send(service, topic, row["_id"], parent)):
            begun.append(span)
            own = place_of(span).encode()
            headers = [(name, own if name == TRACE else value) for name, value in headers]
        letters.append((row, topic, headers))
    with _ending(begun):
        yield letters
    if tells_each():
        for row, _, headers in letters:
            with following(_said("ce_correlationid", headers, ID), _said(TRACE, headers, TRACEPARENT)):
                logger.debug("event.sent", service=service, topic=row["topic"], event_id=row["_id"])


@contextmanager
def taking(consumer: str, records: Sequence[tuple[Raw, Envelope]]) -> Iterator[list[tuple[Raw, Envelope]]]:
    """The records of a batch; where one is traced, its envelope names the span of its taking."""
    service, _, topic = consumer.partition(".")
    taken, begun = list(records), list[Span]()
    if is_tracing():
        for place, (record, envelope) in enumerate(taken):
            group, place_on = f"{record.topic.removesuffix(topic)}{consumer}", (record.partition, record.offset)
            if span := spans.process(service, group, record.topic, *place_on, envelope.traceparent):
                begun.append(span)
                taken[place] = record, replace(envelope, traceparent=place_of(span))
    with _ending(begun):
        yield taken
    if tells_each():
        for _, envelope in taken:
            with following(envelope.correlation_id, envelope.traceparent):
                logger.debug("event.taken", consumer=consumer, event_id=envelope.id)


@contextmanager
def reading(service: str, record: Raw) -> Iterator[None]:
    """A record that is read without a group, of a trace that began elsewhere."""
    parent = _said(TRACE, [(name, value or b"") for name, value in record.headers], TRACEPARENT) if is_tracing() else ""
    span = spans.process(service, "", record.topic, record.partition, record.offset, parent) if parent else None
    with _ending([span] if span else []):
        yield


def _said(name: str, headers: Headers, form: re.Pattern[str]) -> str:
    """A header if it has the form that it should have: rows of dead letters hold what others wrote."""
    value = dict(headers).get(name, b"").decode(errors="replace")
    return value if form.fullmatch(value) else ""


@contextmanager
def _ending(begun: Sequence[Span]) -> Iterator[None]:
    failed = ""
    try:
        yield
    except BaseException as error:
        failed = type(error).__name__
        raise
    finally:
        for span in begun:
            end(span, failed)
