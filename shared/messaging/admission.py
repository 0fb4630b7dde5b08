"""Kafka's users and what they may do, brought to what is wanted; the client library has no call for it."""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from aiokafka.protocol.admin import DescribeAclsRequest

from shared.errors import Unavailable
from shared.messaging.kafka import WAIT, access
from shared.messaging.rights import Right
from shared.messaging.shapes import AlterUsers, CreateRights, DropRights, Row
from shared.runtime.credentials import Brokers

ROUNDS: Final = 8192
"""Of hashing a password; at least 4096 (RFC 7677)."""
_SCRAM_SHA_512: Final = 2
_ANY: Final = 1
_ALLOW: Final = 3
_THINGS: Final = {"topic": 2, "group": 3, "transaction": 5}
_ACTS: Final = {"read": 3, "write": 4}
_LITERAL, _PREFIXED = 3, 4
_UNKNOWN_USER: Final = 91


class KafkaRefused(Exception):
    """Kafka does not let this user change users and rights, or has no authorizer."""


async def keep_users(brokers: Brokers, passwords: Mapping[str, str]) -> None:
    """See to it that these users are there with these passwords. Raises `KafkaRefused`, `Unavailable`."""
    kept = [_credential(user, password) for user, password in sorted(passwords.items())]
    async with _speaking(brokers) as ask:
        answer = await ask(AlterUsers([], kept))
    _check((code, message) for _user, code, message, _tags in answer.results)


async def drop_user(brokers: Brokers, user: str) -> None:
    """Nobody signs in as this user any more, who has no right any more; nothing happens when there is none."""
    async with _speaking(brokers) as ask:
        answer = await ask(AlterUsers([(user, _SCRAM_SHA_512, {})], []))
        _check((code, message) for _user, code, message, _tags in answer.results if code != _UNKNOWN_USER)
        await _drop(ask, await _rights(ask, user))


async def set_rights(brokers: Brokers, user: str, wanted: Iterable[Right]) -> tuple[int, int]:
    """Give a user these rights and take all others; how many came and went. Raises `KafkaRefused`, `Unavailable`."""
    rows = {_row(right) for right in wanted}
    async with _speaking(brokers) as ask:
        there = await _rights(ask, user)
        if new := rows - there:
            answer = await ask(CreateRights(sorted(new)))
            _check(answer.creation_responses)
        await _drop(ask, there - rows)
    return len(new), len(there - rows)


def _row(right: Right) -> Row:
    pattern = _PREFIXED if right.prefix else _LITERAL
    return (_THINGS[right.thing], right.name, pattern, f"User:{right.user}", "*", _ACTS[right.act], _ALLOW)


async def _rights(ask: Any, user: str) -> set[Row]:
    answer = await ask(DescribeAclsRequest(_ANY, None, _ANY, f"User:{user}", None, _ANY, _ANY))
    _check([(answer.error_code, answer.error_message)])
    return {(thing, name, pattern, *each) for thing, name, pattern, rows in answer.resources for each in rows}


async def _drop(ask: Any, rows: Iterable[Row]) -> None:
    if gone := sorted(rows):
        answer = await ask(DropRights(gone))
        _check((code, message) for code, message, _matching in answer.filter_responses)


def _check(answers: Iterable[tuple[int, str | None]]) -> None:
    for code, message in answers:
        if code:
            raise KafkaRefused(message or f"error {code}")


def _credential(user: str, password: str) -> tuple[str, int, int, bytes, bytes, dict[int, bytes]]:
    salt = secrets.token_bytes(32)
    salted = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS)
    return (user, _SCRAM_SHA_512, ROUNDS, salt, salted, {})


@asynccontextmanager
async def _speaking(brokers: Brokers) -> AsyncIterator[Any]:
    """A way to ask any broker; it passes on to the controller what is the controller's. Raises `Unavailable`."""
    client = AIOKafkaClient(**access(brokers), request_timeout_ms=10_000)

    async def ask(request: Any) -> Any:
        return await client.send(client.get_random_node(), request)

    try:
        async with asyncio.timeout(WAIT):
            await client.bootstrap()
            yield ask
    except (TimeoutError, KafkaError) as error:
        raise Unavailable(retry_after=5) from error
    finally:
        await client.close()
