"""Kafka and MongoDB refuse what the catalogue does not allow, whoever asks."""

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)

from deploy import registry
from deploy.preparing.kafka import prepare_kafka
from deploy.preparing.mongo import databases_of, keep_users
from shared.contracts.catalogue import CATALOGUE
from shared.db.client import Mongo, NotAllowed
from shared.messaging.admission import drop_user, set_rights
from shared.messaging.admission import keep_users as keep_kafka_users
from shared.messaging.kafka import access, groupless_consumer, plain_producer, transactional_producer
from shared.messaging.rights import Right, rights_of, rights_of_other
from shared.runtime.credentials import Brokers, with_credentials
from shared.runtime.settings import Settings
from tests.conftest import Servers

SERVICES = tuple(registry.MODULES)
PASSWORDS = {service: secrets.token_hex(8) for service in SERVICES}
SHOP = "shop"


@dataclass(frozen=True)
class Place:
    """A deployment that is prepared: `settings` are the administrator's."""

    settings: Settings

    def brokers(self, user: str, password: str | None = None) -> Brokers:
        """Kafka as somebody sees it."""
        known = PASSWORDS | {SHOP: "open sesame"}
        return replace(self.settings.brokers, user=user, password=password or known[user], mechanism="SCRAM-SHA-512")

    def database(self, user: str, name: str) -> Mongo:
        """A database as a service's user sees it."""
        return Mongo(with_credentials(self.settings.mongo, user, PASSWORDS[user]), name)


@pytest.fixture
async def place(servers: Servers) -> Place:
    """Prepared anew for each test: it does not matter how often."""
    made = Place(Settings(**servers.settings))
    await keep_users(made.settings, PASSWORDS)
    await prepare_kafka(made.settings, PASSWORDS)
    return made


@asynccontextmanager
async def at_work(*clients: Any) -> AsyncIterator[None]:
    """Clients that are stopped whatever happens."""
    async with AsyncExitStack() as stack:
        for client in clients:
            stack.push_async_callback(client.stop)
            await client.start()
        yield


async def send(brokers: Brokers, topic: str) -> None:
    """Put a record on a topic."""
    producer = plain_producer(brokers)
    async with at_work(producer):
        await producer.send_and_wait(topic, b"{}", key=b"k")


async def read(brokers: Brokers, topic: str) -> bytes | None:
    """The first record of a topic."""
    consumer = groupless_consumer(brokers, topic)
    async with at_work(consumer):
        value: bytes | None = (await consumer.getone()).value
        return value


async def test_a_service_that_writes_a_foreign_topic_is_refused(place: Place) -> None:
    """Alerts reads what intake tells, and cannot tell it itself; nor what it has nothing to do with."""
    for topic in ("complaint.created", "complaint.answered", "access.changed"):
        with pytest.raises(TopicAuthorizationFailedError):
            await send(place.brokers("alerts"), topic)
    await send(place.brokers("alerts"), "issue.progressed")


async def test_a_service_reads_what_the_catalogue_lists_it_for_and_nothing_else(place: Place) -> None:
    await send(place.brokers("intake"), "complaint.created")
    assert await read(place.brokers("alerts"), "complaint.created") == b"{}"
    for topic in ("complaint.submitted", "intake.issue.opened.dlq", "improvement.verified"):
        with pytest.raises(TopicAuthorizationFailedError):
            await read(place.brokers("alerts"), topic)


async def test_an_outsider_reads_what_it_was_given_and_no_internal_or_personnel_topic(place: Place) -> None:
    await keep_kafka_users(place.settings.brokers, {SHOP: "open sesame"})
    rights = rights_of_other(SHOP, ["issue.escalated"], ["complaint.submitted"], place.settings)
    await set_rights(place.settings.brokers, SHOP, rights)
    await send(place.brokers("alerts"), "issue.escalated")
    await send(place.brokers(SHOP), "complaint.submitted")
    assert await read(place.brokers(SHOP), "issue.escalated") == b"{}"
    for topic, entry in CATALOGUE.items():
        if topic != "issue.escalated" and (entry.kind != "internal" or topic in ("complaint.created", "issue.opened")):
            with pytest.raises(TopicAuthorizationFailedError):
                await read(place.brokers(SHOP), topic)
    with pytest.raises(TopicAuthorizationFailedError):
        await send(place.brokers(SHOP), "issue.escalated")


async def test_nobody_joins_the_group_of_another_or_sends_under_its_name(place: Place) -> None:
    topic = "complaint.created"
    thief = AIOKafkaConsumer(topic, **access(place.brokers("alerts")), group_id="intake.complaint.submitted")
    with pytest.raises(GroupAuthorizationFailedError):
        async with at_work(thief):
            await thief.getone()
    with pytest.raises(TransactionalIdAuthorizationFailed):
        async with at_work(transactional_producer(place.brokers("alerts"), "intake.relay")):
            pass


async def test_who_is_not_known_is_not_let_in(place: Place) -> None:
    anonymous = Brokers(place.settings.kafka)
    for brokers in (anonymous, place.brokers("alerts", "guessed"), place.brokers("nobody", "guessed")):
        with pytest.raises(KafkaError):
            await send(brokers, "issue.opened")


async def test_a_service_cannot_see_the_database_of_another(place: Place) -> None:
    own, foreign = place.database("alerts", "ccms_alerts"), place.database("alerts", "ccms_intake")
    try:
        await own.insert("probe", [{"_id": secrets.token_hex(8)}])
        assert await own.count("probe", {}) >= 1
        with pytest.raises(NotAllowed):
            await foreign.find("complaints", {})
        with pytest.raises(NotAllowed):
            await foreign.upsert("complaints", ["x"], {"$set": {"a": 1}})
    finally:
        own.close()
        foreign.close()


async def test_a_service_can_put_aside_what_was_before_a_step_of_its_schema(place: Place) -> None:
    copies = databases_of("alerts", place.settings)[1:]
    assert copies
    own = place.database("alerts", "ccms_alerts")
    try:
        await own.insert("probe", [{"_id": secrets.token_hex(8)}])
        for copy in copies:
            await own.aggregate("probe", [{"$match": {}}, {"$out": {"db": copy, "coll": "probe"}}])
    finally:
        own.close()


async def test_preparing_again_changes_nothing_and_takes_what_is_too_much(place: Place) -> None:
    done = await prepare_kafka(place.settings, PASSWORDS)
    assert (done.topics, done.given, done.taken) == (0, 0, 0)
    stray = Right("alerts", "topic", "access.changed", "write")
    await set_rights(place.settings.brokers, "alerts", {*rights_of("alerts", place.settings), stray})
    done = await prepare_kafka(place.settings, PASSWORDS)
    assert (done.given, done.taken) == (0, 1)


async def test_a_new_password_counts_at_once_and_the_old_one_no_more(place: Place) -> None:
    await keep_kafka_users(place.settings.brokers, {"sharing": "changed"})
    await send(place.brokers("sharing", "changed"), "organisation.changed")
    with pytest.raises(KafkaError):
        await send(place.brokers("sharing"), "organisation.changed")


async def test_an_outsider_whose_rights_were_taken_is_not_let_in(place: Place) -> None:
    await keep_kafka_users(place.settings.brokers, {SHOP: "open sesame"})
    await drop_user(place.settings.brokers, SHOP)
    await drop_user(place.settings.brokers, SHOP)
    with pytest.raises(KafkaError):
        await send(place.brokers(SHOP), "complaint.submitted")
