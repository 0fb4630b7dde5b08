"""Any order, duplication and batching of the same events ends in the same state of alerts."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services.alerts.service import SERVICE
from shared.contracts.catalogue import entry_of
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.contracts.event import Event
from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.schema import prepare
from shared.db.store import Store
from shared.messaging.subscriptions import Subscriptions
from shared.privacy.vault import KEY_BYTES, Vault
from shared.runtime.clock import SetClock
from shared.runtime.settings import Settings
from shared.testing.fake import NOON
from shared.testing.golden import Golden
from tests.component.alerts.sample import RULES
from tests.conformance.records import record_of
from tests.conftest import Servers
from tests.integration.order_plan import Batch, Story, deliveries, expected, stories


class Alerts:
    """Both consumers of alerts on a real database, without Kafka."""

    def __init__(self, mongo: Mongo) -> None:
        self.mongo = mongo
        store = Store("alerts", mongo, SetClock(NOON), SERVICE.uow, RULES, Vault(bytes(KEY_BYTES)), deadline=30.0)
        self._consumers = Subscriptions(SERVICE.takes, store, Settings(), lambda: None)

    async def deliver(self, events: list[Golden], batches: list[Batch]) -> None:
        """Hand the events out as planned."""
        for batch in batches:
            chosen = [events[n] for n in batch.events]
            kinds: list[type[Event]] = [ComplaintCreated, ComplaintClassified]
            if batch.way == "at once":
                await asyncio.gather(*(self._take(chosen, kind) for kind in kinds))
                continue
            for kind in kinds if batch.way == "created first" else reversed(kinds):
                await self._take(chosen, kind)

    async def _take(self, events: list[Golden], kind: type[Event]) -> None:
        topic = entry_of(kind).topic
        if records := [record_of(topic, event) for event in events if event.headers["ce_type"] == topic]:
            await self._consumers.consumer(f"alerts.{topic}").take(records)

    async def issues(self, products: set[str]) -> dict[str, dict[str, Any]]:
        """Issues that hold complaints, by series, with the complaints in each."""
        rows = await self.mongo.find("issues", {"product_code": {"$in": list(products)}, "complaints": {"$ne": 0}})
        return {row["open_series"]: {**row, "cases": await self._cases(row)} for row in rows}

    async def _cases(self, issue: Document) -> set[str]:
        return {row["_id"] for row in await self.mongo.find("cases", {"issue_id": issue["_id"]})}

    async def told(self, issue: Document) -> Counter[str]:
        """How often others heard that the issue grew by each complaint, less how often that it shrank."""
        heard: Counter[str] = Counter()
        for row in await self.mongo.find("outbox", {"key": issue["_id"].encode()}):
            if row["topic"] in ("issue.grew", "issue.shrank"):
                heard[orjson.loads(row["body"])["complaint_id"]] += 1 if row["topic"] == "issue.grew" else -1
        return heard

    async def undone(self, plan: list[Story]) -> int:
        """Records that still wait or that nobody could take."""
        waits = {"waits_for": {"$in": [f"Case:{story.id}" for story in plan]}}
        return await self.mongo.count("parked", waits) + await self.mongo.count("dead_letters", {})


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def alerts(servers: Servers, loop: asyncio.Runner) -> Iterator[Alerts]:
    """One database for all examples; each has products and complaints of its own."""

    async def start() -> Mongo:
        mongo = Mongo(servers.mongo, f"order-{uuid4().hex[:12]}")
        await prepare(mongo, SERVICE.models, [])
        return mongo

    mongo = loop.run(start())
    yield Alerts(mongo)
    loop.run(mongo.drop())
    mongo.close()


@settings(max_examples=120, phases=[Phase.generate])
@given(data=st.data(), plan=stories())
def test_the_state_follows_from_the_events_alone(
    alerts: Alerts, loop: asyncio.Runner, plan: list[Story], data: st.DataObject
) -> None:
    events = [event for story in plan for event in story.events()]
    batches = data.draw(deliveries(len(events)))
    loop.run(alerts.deliver(events, batches))
    loop.run(check(alerts, plan))


async def check(alerts: Alerts, plan: list[Story]) -> None:
    found, wanted = await alerts.issues({story.product for story in plan}), expected(plan)
    assert {series: issue["cases"] for series, issue in found.items()} == {
        series: {case.id for case in issue.inside} for series, issue in wanted.items()
    }
    for series, issue in found.items():
        inside, alarming = wanted[series].inside, wanted[series].alarming
        assert (issue["complaints"], issue["alarming"]) == (len(inside), len(alarming))
        assert issue["severity"] == wanted[series].severity
        assert issue["step"] in wanted[series].steps
        assert +await alerts.told(issue) == Counter(case.id for case in inside)
        assert min((await alerts.told(issue)).values()) >= 0
    assert not await alerts.undone(plan)
