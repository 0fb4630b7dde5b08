"""Time passes for some cards: their clocks run out, and those who are called on are warned and told."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from shared.db.client import Mongo, StoreError
from tests.chaos.asking import Client


async def let_time_pass(client: Client) -> None:
    """For one open card after the other everything is due since a minute."""
    mongo = client.place.mongo("intake")
    try:
        while not client.over.is_set():
            known = [id for deed, id in client.ledger.ids.items() if deed.startswith("filing-")]
            with suppress(StoreError):
                if known:
                    await _pass(mongo, client.random.choice(known))
            await client.rest()
    finally:
        mongo.close()


async def _pass(mongo: Mongo, complaint: str) -> None:
    ago = datetime.now(UTC) - timedelta(minutes=1)
    due = {"clocks.$[].due_at": ago, "clocks.$[].next_at": ago}
    await mongo.update("complaints", {"_id": complaint, "open": True}, {"$set": due})
    await mongo.update("timers", {"subject": complaint, "done_at": None}, {"$set": {"due_at": ago}})
