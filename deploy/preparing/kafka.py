"""Kafka of a deployment: a user a service with rights from the catalogue, and the topics."""

from collections.abc import Mapping
from dataclasses import dataclass

from deploy.preparing.errors import NotAdministrator
from shared.messaging.admission import KafkaRefused, keep_users, set_rights
from shared.messaging.rights import rights_of, user_of
from shared.messaging.topics import create_topics
from shared.runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was changed."""

    topics: int
    given: int
    taken: int


async def prepare_kafka(settings: Settings, passwords: Mapping[str, str]) -> Prepared:
    """Bring users, rights and topics to what the catalogue says; `settings` are those of an administrator.

    Raises `NotAdministrator`, `Unavailable`.
    """
    given = taken = 0
    try:
        await keep_users(settings.brokers, {user_of(name, settings): kept for name, kept in passwords.items()})
        for name in passwords:
            came, went = await set_rights(settings.brokers, user_of(name, settings), rights_of(name, settings))
            given, taken = given + came, taken + went
    except KafkaRefused as error:
        raise NotAdministrator(server="Kafka", user=settings.kafka_user, reason=str(error)) from error
    return Prepared(len(await create_topics(settings, passwords)), given, taken)
