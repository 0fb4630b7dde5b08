"""What is kept of a record that failed for good: as it came, beside its error, sealed where it tells of a person."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from aiokafka import ConsumerRecord

from shared.contracts.catalogue import Entry
from shared.contracts.cloudevents import Unreadable
from shared.db.client import Unstorable
from shared.db.parking import DeadLetter
from shared.db.store import Store
from shared.runtime.ids import derived_id

Raw: TypeAlias = "ConsumerRecord[bytes, bytes]"
SEALED_FOR = "dead letter"
KEPT_HEADERS = {"content-type", "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time"}


def dead_letter(store: Store, consumer: str, entry: Entry, record: Raw, error: Exception) -> DeadLetter:
    """The letter of a record; it has the same id however often the record comes."""
    came = as_it_came(consumer, entry.topic, record)
    contact = entry.kind == "contact"
    if contact:
        came |= _sealed(store, came)
    id = derived_id("dead", consumer, record.partition, record.offset)
    return DeadLetter(id=id, error=describe(error), dead_at=store.clock.now(), sealed=contact, **came)


def as_it_came(consumer: str, topic: str, record: Raw) -> dict[str, Any]:
    """The fields that a parked record and a dead letter keep."""
    return {
        "consumer": consumer,
        "topic": topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": record.key,
        "headers": [(name, bytes(value or b"")) for name, value in record.headers],
        "body": record.value,
    }


def describe(error: Exception) -> str:
    """What goes beside a dead letter: the kind of error and, for our own, its words; never a value."""
    if isinstance(error, Unreadable):
        return f"unreadable: {error}"
    if isinstance(error, Unstorable):
        return "the database refused to store it"
    return type(error).__name__


def _sealed(store: Store, came: Mapping[str, Any]) -> dict[str, Any]:
    """What a record of class contact may hold of a person, made unreadable; headers beyond CloudEvents' own go."""
    parts = {name: came[name] and store.vault.seal(came[name], SEALED_FOR) for name in ("body", "key")}
    return parts | {"headers": [(name, value) for name, value in came["headers"] if name in KEPT_HEADERS]}
