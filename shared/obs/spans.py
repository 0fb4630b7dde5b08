"""Every span's name and attributes, in one place, by OpenTelemetry's conventions for HTTP, messaging and databases.

None of them tells of a person: no address with its values, no query, no body, no key of a record, nobody's id.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import time_ns
from typing import Protocol

from opentelemetry.trace import Span, SpanKind

from shared.obs.context import correlation_id, following
from shared.obs.traces import begin, end, is_tracing, place_of


class Chain(Protocol):
    """Something that is done in a chain of events."""

    @property
    def correlation_id(self) -> str: ...

    @property
    def traceparent(self) -> str: ...


def request(service: str, method: str, route: str, parent: str) -> Span | None:
    """A request to a route, whose template stands for its address."""
    if not is_tracing():
        return None
    about = {"http.request.method": method, "http.route": route, "ccms.correlation_id": correlation_id.get()}
    return begin(service, f"{method} {route}", SpanKind.SERVER, parent, about)


def answered(span: Span | None, status: int) -> None:
    """The answer to a request begins."""
    if span is not None:
        span.set_attribute("http.response.status_code", status)
        end(span, str(status) if status >= 500 else "")


@contextmanager
def committing(service: str, database: str, members: Sequence[Chain]) -> Iterator[None]:
    """One transaction. Each member has a span of it in its own trace; all are linked to that of the first.

    What is logged and asked of the database meanwhile belongs to the first; to the only member's chain if there is one.
    """
    only = members[0] if len(members) == 1 else None
    parents = [member.traceparent for member in members if member.traceparent] if is_tracing() else []
    spans, failed = _commits(service, database, parents), ""
    inside = place_of(spans[0]) if spans else only.traceparent if only else ""
    try:
        with following(only.correlation_id if only else "", inside):
            yield
    except BaseException as error:
        failed = type(error).__name__
        raise
    finally:
        for span in spans:
            end(span, failed)


def _commits(service: str, database: str, parents: Sequence[str]) -> list[Span]:
    about = _database(database, "transaction") | {"db.operation.batch.size": len(parents)}
    spans: list[Span] = []
    for parent in parents:
        if span := begin(service, f"transaction {database}", SpanKind.CLIENT, parent, about, links=spans[:1]):
            spans.append(span)
    return spans


def command(
    service: str, database: str, name: str, collection: str, parent: str, nanoseconds: int, failed: str
) -> None:
    """A command that the database has answered, after so long."""
    if not parent:
        return
    about = _database(database, name) | ({"db.collection.name": collection} if collection else {})
    told, now = f"{name} {collection or database}", time_ns()
    if span := begin(service, told, SpanKind.CLIENT, parent, about, since=now - nanoseconds):
        end(span, failed)


def _database(database: str, operation: str) -> dict[str, str | int]:
    return {"db.system.name": "mongodb", "db.namespace": database, "db.operation.name": operation}


def send(service: str, topic: str, event_id: str, parent: str) -> Span | None:
    """An event that is put on its topic."""
    about = _messaging("send", topic) | {"messaging.message.id": event_id}
    return begin(service, f"send {topic}", SpanKind.PRODUCER, parent, about)


def process(service: str, group: str, topic: str, partition: int, offset: int, parent: str) -> Span | None:
    """A record that is taken; `group` is empty for a reader without one."""
    if not is_tracing():
        return None
    about = _messaging("process", topic) | {
        "messaging.destination.partition.id": str(partition),
        "messaging.kafka.offset": offset,
    }
    if group:
        about["messaging.consumer.group.name"] = group
    return begin(service, f"process {topic}", SpanKind.CONSUMER, parent, about)


def _messaging(operation: str, topic: str) -> dict[str, str | int]:
    return {
        "messaging.system": "kafka",
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.name": topic,
    }
