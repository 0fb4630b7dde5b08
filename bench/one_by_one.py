"""The plain consumer, as a baseline: FastStream, one record at a time, a transaction with inbox and effect, commit."""

import os
from typing import Any

import uvloop
from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.write_concern import WriteConcern

from shared.contracts.complaint import ComplaintCreated

broker = KafkaBroker(os.environ["CCMS_KAFKA"], logger=None)
client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(os.environ["CCMS_MONGO"])
database = client.get_database(os.environ["BENCH_DATABASE"], write_concern=WriteConcern(w="majority", j=True))


@broker.subscriber(
    os.environ["BENCH_TOPIC"],
    group_id="bench",
    auto_offset_reset="earliest",
    ack_policy=AckPolicy.MANUAL,
    no_reply=True,
)
async def take(event: ComplaintCreated, message: KafkaMessage) -> None:
    """Exactly once: inbox id and effect in one transaction, the offset afterwards."""
    async with await client.start_session() as session, session.start_transaction():
        id = message.headers["ce_id"]
        await database.inbox.insert_one({"_id": id}, session=session)
        await database.cases.insert_one({"_id": event.complaint_id, **event.model_dump()}, session=session)
        await database.issues.update_one(
            {"_id": event.product_code}, {"$inc": {"complaints": 1}}, upsert=True, session=session
        )
    await message.ack()


if __name__ == "__main__":
    uvloop.run(FastStream(broker).run())
