"""A producer that Kafka keeps from stopping is ended by force: nothing of it goes on sending or stays connected."""

import asyncio
from uuid import uuid4

import pytest

from shared.messaging import sender
from shared.messaging.sender import Sender
from shared.runtime.settings import Settings


async def test_a_producer_that_does_not_stop_in_time_is_ended_by_force(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LEAVE", 0.5)
    one = Sender(settings.brokers, uuid4().hex, "")
    await one.open()
    producer = one._producer
    assert producer is not None
    connections = list(producer.client._conns.values())
    assert any(connection.connected() for connection in connections)
    monkeypatch.setattr(producer._message_accumulator, "close", asyncio.Event().wait)
    await one.close()
    assert producer._sender.sender_task.done()
    assert not any(connection.connected() for connection in connections)
