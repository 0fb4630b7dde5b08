"""A Kafka that stands still: whoever sends gives up in time, and waits for no abort that would hang as well."""

import asyncio
from collections.abc import Awaitable
from time import monotonic
from typing import Any

import pytest
from aiokafka.producer.message_accumulator import BatchBuilder

from shared.messaging import sender
from shared.messaging.sender import Sender
from shared.runtime.credentials import Brokers

ROW: dict[str, Any] = {"topic": "issue.grew", "key": b"i-1", "headers": [], "body": b"{}"}


class StandingStill:
    """A producer whose Kafka takes everything and answers nothing more."""

    def __init__(self, *_: object, **__: object) -> None:
        self.ended: list[str] = []
        self.client = self._sender = self._message_accumulator = self

    async def start(self) -> None:
        """Made while all was well."""

    async def begin_transaction(self) -> None:
        """Needs no answer."""

    async def partitions_for(self, _: str) -> set[int]:
        """Known from before."""
        return {0}

    def create_batch(self) -> Any:
        """Needs no answer."""
        return BatchBuilder(1000, 0)

    async def send_batch(self, *_: object, **__: object) -> Awaitable[None]:
        """Taken, and never answered."""
        return asyncio.get_running_loop().create_future()

    async def abort_transaction(self) -> None:
        """Waits for an answer."""
        await asyncio.Event().wait()

    commit_transaction = abort_transaction

    async def stop(self) -> None:
        """Waits for an answer, too."""
        self.ended.append("stopped")
        await asyncio.Event().wait()

    async def close(self) -> None:
        """What sends, and the connections."""
        self.ended.append("closed")

    def fail_all(self, error: Exception) -> None:
        """Nobody waits for what was not answered."""
        self.ended.append(type(error).__name__)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> StandingStill:
    made = StandingStill()
    monkeypatch.setattr(sender, "transactional_producer", lambda *_: made)
    monkeypatch.setattr(sender, "SEND", 0.1)
    monkeypatch.setattr(sender, "LEAVE", 0.1)
    return made


async def test_what_is_not_answered_is_given_up_in_time(still: StandingStill) -> None:
    one, begun = Sender(Brokers("kafka:9092"), "relay", ""), monotonic()
    await one.open()
    with pytest.raises(TimeoutError):
        await one.send([ROW])
    await one.close()
    assert still.ended == ["stopped", "closed", "closed", "KafkaTimeoutError"]
    assert monotonic() - begun < 5


async def test_nothing_is_sent_without_a_producer_that_was_opened_before(still: StandingStill) -> None:
    one = Sender(Brokers("kafka:9092"), "relay", "")
    with pytest.raises(TimeoutError):
        await one.send([ROW])
    assert not one.is_open
