"""The relay's hand on Kafka: rows in transactions, under an id that fences whoever had it before."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaTimeoutError

from shared.db.aggregate import Document
from shared.messaging.kafka import transactional_producer
from shared.messaging.packing import Packing
from shared.messaging.tracing import sending
from shared.runtime import crash
from shared.runtime.credentials import Brokers

SEND = 8.0
LEAVE = 2.0


class Sender:
    """A transactional producer that is made when it is needed and thrown away after any trouble."""

    def __init__(self, brokers: Brokers, service: str, namespace: str) -> None:
        self._brokers, self._service, self._namespace = brokers, service, namespace
        self._producer: AIOKafkaProducer | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a producer."""
        return self._producer is not None

    async def open(self) -> None:
        """Make a producer, which fences those before it. Raises Kafka's errors, `TimeoutError`."""
        producer = transactional_producer(self._brokers, f"{self._namespace}{self._service}.relay")
        try:
            async with asyncio.timeout(SEND):
                await producer.start()
        except BaseException:
            await _end(producer)
            raise
        self._producer = producer

    async def close(self) -> None:
        """Throw the producer away."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await _end(producer)

    async def send(self, rows: Sequence[Document]) -> None:
        """All rows in one transaction, in their order; none of them when it raises Kafka's errors or `TimeoutError`.

        Only with the producer that is open: a new one would fence whoever has sent newer rows since these were read.
        After trouble it is not aborted but closed, which has a time-out: the next producer ends what it left open.
        """
        producer = self._producer
        if producer is None:
            raise TimeoutError("no producer is open")
        with sending(self._service, self._namespace, rows) as letters:
            async with asyncio.timeout(SEND):
                await producer.begin_transaction()
                await Packing(producer).send(
                    (topic, row["key"] or None, row["body"], headers) for row, topic, headers in letters
                )
                crash.point("relay.in_transaction")
                await producer.commit_transaction()
        crash.point("relay.sent")


async def _end(producer: AIOKafkaProducer) -> None:
    """Stop it; by force where that takes too long: what is left of it would go on sending and stay connected."""
    with suppress(Exception):
        await asyncio.wait_for(producer.stop(), LEAVE)
        return
    for step in (producer._sender.close, producer.client.close):
        with suppress(Exception):
            await asyncio.wait_for(step(), LEAVE)
    producer._message_accumulator.fail_all(KafkaTimeoutError())  # its stop waits for them still
