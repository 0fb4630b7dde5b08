"""Making the Kafka clients: the one place with their options."""

import asyncio
import json
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError

from shared.errors import Unavailable
from shared.runtime.credentials import Brokers

TOGETHER: Final[Mapping[str, Any]] = {"fetch_min_bytes": 262_144, "fetch_max_wait_ms": 200}
"""How Kafka is asked for what is in no hurry: for much at once, or what there is after so many milliseconds."""
AT_ONCE: Final[Mapping[str, Any]] = {"fetch_max_wait_ms": 10}
"""How it is asked while one looks around: other questions on the connection wait until this one is answered."""
LARGEST_RECORD = 1_048_576
LARGEST_DEAD_LETTER = LARGEST_RECORD + 16_384
"""A dead letter is a record that was taken, with the reason why beside it."""
WAIT = 15.0


@dataclass(frozen=True, slots=True)
class TopicToMake:
    """A topic with its number of partitions and its settings."""

    name: str
    partitions: int
    config: dict[str, str]


def access(brokers: Brokers) -> dict[str, Any]:
    """The options of every client: where the brokers are, as whom they are spoken to, and whether encrypted."""
    said: dict[str, Any] = {
        "bootstrap_servers": brokers.servers.split(","),
        "security_protocol": ("SASL_" if brokers.user else "") + ("SSL" if brokers.tls else "PLAINTEXT"),
    }
    if brokers.tls:
        said["ssl_context"] = ssl.create_default_context(cafile=brokers.ca)
    if brokers.user:
        said["sasl_mechanism"] = brokers.mechanism
        said["sasl_plain_username"], said["sasl_plain_password"] = brokers.user, brokers.password
    return said


def transactional_producer(brokers: Brokers, transactional_id: str) -> AIOKafkaProducer:
    """Idempotent, transactional, waiting for all in-sync replicas."""
    return AIOKafkaProducer(
        **access(brokers),
        transactional_id=transactional_id,
        acks="all",
        enable_idempotence=True,
        max_request_size=LARGEST_DEAD_LETTER,
        max_batch_size=131_072,
        transaction_timeout_ms=10_000,
        request_timeout_ms=5_000,
    )


def plain_producer(brokers: Brokers) -> AIOKafkaProducer:
    """Idempotent, for tools and tests."""
    return AIOKafkaProducer(**access(brokers), acks="all", enable_idempotence=True, request_timeout_ms=5_000)


def groupless_consumer(
    brokers: Brokers, *topics: str, latest: bool = False, fetching: Mapping[str, Any] = MappingProxyType({})
) -> AIOKafkaConsumer:
    """Reads topics without a group: every process sees every record."""
    return AIOKafkaConsumer(
        *topics,
        **access(brokers),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="latest" if latest else "earliest",
        isolation_level="read_committed",
        request_timeout_ms=10_000,
        **fetching,
    )


async def make_topics(brokers: Brokers, topics: Iterable[TopicToMake], replication: int) -> list[str]:
    """Create those that are missing; returns their names. Raises `Unavailable` when Kafka does not answer."""
    admin = AIOKafkaAdminClient(**access(brokers), request_timeout_ms=10_000)
    try:
        async with asyncio.timeout(WAIT):
            await admin.start()
            there = set(await admin.list_topics())
            new = [t for t in topics if t.name not in there]
            if new:
                wanted = [NewTopic(t.name, t.partitions, replication, topic_configs=t.config) for t in new]
                _check(await admin.create_topics(wanted, timeout_ms=10_000))
            return [t.name for t in new]
    except (TimeoutError, KafkaError) as error:
        raise Unavailable(retry_after=5) from error
    finally:
        await admin.close()


def _check(answer: object) -> None:
    failed = [(t[0], t[1]) for t in answer.topic_errors if t[1] not in (0, TopicAlreadyExistsError.errno)]  # type: ignore[attr-defined]
    if failed:
        raise RuntimeError(f"topics could not be made: {json.dumps(failed)}")


async def topics_there(brokers: Brokers) -> set[str]:
    """Names of all topics."""
    admin = AIOKafkaAdminClient(**access(brokers), request_timeout_ms=10_000)
    try:
        async with asyncio.timeout(WAIT):
            await admin.start()
            return set(await admin.list_topics())
    except (TimeoutError, KafkaError) as error:
        raise Unavailable(retry_after=5) from error
    finally:
        await admin.close()


async def drop_topics(brokers: Brokers, names: Iterable[str]) -> None:
    """Delete topics (tests that needed their own)."""
    admin = AIOKafkaAdminClient(**access(brokers), request_timeout_ms=10_000)
    await admin.start()
    try:
        await admin.delete_topics(list(names))
    finally:
        await admin.close()
