"""What each service, and each other system, may do on Kafka: from the catalogue alone.

A service writes its own topics, and the dead letters of what it reads; it reads what the catalogue lists it for, and
its own topics, whose news its open pages follow. Nobody else may do anything: brokers refuse what no right allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from shared.contracts.catalogue import CATALOGUE, Entry, dead_letter_topic
from shared.language.i18n import _
from shared.runtime.settings import Settings

Thing = Literal["topic", "group", "transaction"]
Act = Literal["read", "write"]

OUTSIDE: Final = "system"
"""The kind of reader that another system is."""


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """A user may read or write one thing; `prefix`: everything whose name begins so."""

    user: str
    thing: Thing
    name: str
    act: Act
    prefix: bool = False


class NotForOthers(Exception):
    """The catalogue does not let another system do that."""

    text = _("{user} may not {act} {topic}: the catalogue does not let other systems do that.")

    def __init__(self, user: str, act: Act, topic: str) -> None:
        self.inputs = {"user": user, "act": act, "topic": topic}
        super().__init__(self.text.format(**self.inputs))


def rights_of(service: str, settings: Settings) -> set[Right]:
    """All rights of a service's user, which is called like the service."""

    def right(thing: Thing, name: str, act: Act) -> Right:
        return Right(user_of(service, settings), thing, settings.named(name), act)

    found = {right("transaction", f"{service}.relay", "write")}
    for entry in CATALOGUE.values():
        if entry.owner == service and not entry.command:
            found |= {right("topic", entry.topic, "write"), right("topic", entry.topic, "read")}
        if service in entry.consumers:
            found |= {
                right("topic", entry.topic, "read"),
                right("group", f"{service}.{entry.topic}", "read"),
                right("topic", dead_letter_topic(service, entry.topic), "write"),
            }
    return found


def rights_of_other(user: str, reads: Iterable[str], writes: Iterable[str], settings: Settings) -> set[Right]:
    """Rights of another system, with groups `<user>.…` of its own. Raises `NotForOthers`."""
    found = {Right(user, "group", f"{user}.", "read", prefix=True)}
    for topic in reads:
        if not may_be_read_by_others(CATALOGUE[topic]):
            raise NotForOthers(user, "read", topic)
        found.add(Right(user, "topic", settings.named(topic), "read"))
    for topic in writes:
        if not CATALOGUE[topic].command:
            raise NotForOthers(user, "write", topic)
        found.add(Right(user, "topic", settings.named(topic), "write"))
    return found


def may_be_read_by_others(entry: Entry) -> bool:
    """Whether another system can be let read a topic."""
    return OUTSIDE in entry.readers


def user_of(service: str, settings: Settings) -> str:
    """As whom a service speaks to Kafka and MongoDB."""
    return settings.named(service)
