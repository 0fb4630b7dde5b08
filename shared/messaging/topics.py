"""The topics that the catalogue asks for."""

from collections.abc import Iterable

from shared.contracts.catalogue import CATALOGUE, DEAD_LETTER_AGE, Entry, dead_letter_topic
from shared.messaging.kafka import LARGEST_DEAD_LETTER, TopicToMake, make_topics
from shared.runtime.settings import Settings


def topics_of(settings: Settings, services: Iterable[str]) -> list[TopicToMake]:
    """Topics that these services write or read, and the dead letters of those that they read."""
    wanted: list[TopicToMake] = []
    names, safe = set(services), {"min.insync.replicas": str(settings.in_sync)}
    for entry in CATALOGUE.values():
        readers = names & set(entry.consumers)
        if entry.owner in names or readers:
            partitions = settings.partitions or entry.partitions
            wanted.append(TopicToMake(settings.named(entry.topic), partitions, safe | _config(entry)))
        for service in sorted(readers):
            name = settings.named(dead_letter_topic(service, entry.topic))
            wanted.append(TopicToMake(name, 1, safe | _dead_letter_config()))
    return wanted


def _config(entry: Entry) -> dict[str, str]:
    if entry.compacted:
        return {"cleanup.policy": "compact"}
    return {"retention.ms": str(int(entry.retention.total_seconds() * 1000))}


def _dead_letter_config() -> dict[str, str]:
    age = int(DEAD_LETTER_AGE.total_seconds() * 1000)
    return {"retention.ms": str(age), "max.message.bytes": str(LARGEST_DEAD_LETTER)}


async def create_topics(settings: Settings, services: Iterable[str]) -> list[str]:
    """Create the missing ones; returns their names."""
    return await make_topics(settings.brokers, topics_of(settings, services), settings.replication)
