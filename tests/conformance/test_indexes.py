"""Every query of every service is served by an index, and every index serves a query."""

import inspect
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio

from deploy import registry
from shared.contracts.catalogue import CATALOGUE
from shared.db.aggregate import Aggregate
from shared.db.changes import Changes
from shared.db.parking import DeadLetter
from shared.db.schema import KERNEL_MODELS, prepare
from shared.db.sent import mark_sent
from shared.db.store import Store
from shared.db.timers import Timer
from shared.identity.copies import Copies
from shared.messaging.dead_letters import STATES, DeadLetters
from shared.messaging.relay import Relay, send_again
from shared.messaging.subscriptions import Subscriptions
from shared.runtime.jobs import Jobs
from shared.runtime.settings import Settings
from shared.search.index import Entry
from shared.search.keeping import Keeper
from shared.search.tantivy_index import TantivyIndex
from tests.conformance import asked
from tests.conformance.queries import Asked, AskedMongo
from tests.conformance.reader import CONSUMERS, Reader

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ROOMS = [import_module(f"tests.conformance.asked.{room.name}") for room in iter_modules(asked.__path__)]
CALLS: dict[str, list[dict[str, Any]]] = {name: forms for room in ROOMS for name, forms in room.CALLS.items()}
"""How each query of a repository is asked, in every form that it has; a file a room in `asked/`."""


def repositories(service: str) -> dict[str, type]:
    """The classes of a service that ask the database for pages and API."""
    return {
        name: kind
        for module in modules(f"services.{service}.repository")
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__ and "mongo" in inspect.signature(kind).parameters
    }


def modules(name: str) -> list[ModuleType]:
    """A module, and those in it if it is a folder."""
    module = import_module(name)
    return [module, *(import_module(f"{name}.{room.name}") for room in iter_modules(getattr(module, "__path__", [])))]


def queries(service: str) -> list[str]:
    """Names of their methods: `alerts.Issues.page`."""
    return [
        f"{service}.{name}.{method}"
        for name, kind in repositories(service).items()
        for method, _ in inspect.getmembers(kind, inspect.iscoroutinefunction)
    ]


@pytest_asyncio.fixture(params=registry.MODULES, loop_scope="session")
async def store(request: Any, stores: dict[str, Store], settings: Settings) -> AsyncIterator[Store]:
    """A service's store whose database remembers what it is asked."""
    kept = stores[request.param]
    mongo = AskedMongo(settings.mongo_url, kept.mongo.name)
    yield replace(kept, mongo=mongo)
    mongo.close()


def asked_of(store: Store) -> AskedMongo:
    assert isinstance(store.mongo, AskedMongo)
    return store.mongo


async def ask_repositories(store: Store) -> None:
    for name in queries(store.service):
        _, kind, method = name.split(".")
        for arguments in CALLS[name]:
            await getattr(repositories(store.service)[kind](store.mongo), method)(**arguments)


async def ask_kernel(store: Store, settings: Settings) -> None:
    """What relay, timers, dead letters and health ask, at rest and in trouble."""
    service = registry.service(store.service)
    relay = Relay(store.mongo, settings.brokers, "", store.service, "holder")
    await relay._has_lease()
    relay._unsent._held = {b"key": float("inf")}
    for _ in range(2):
        await relay._unsent.rows()
        await relay._unsent.rows(besides=[{"_id": "being sent"}])
        relay._unsent._held = {}
    sent = [{"_id": "row", "topic": topic, "key": b"key", "sequence": 1} for topic in CATALOGUE]
    await mark_sent(store.mongo, sent, NOW)
    await send_again(store.mongo, timedelta(0))
    jobs = Jobs(store, service.timers, "holder", lambda: None)
    await jobs._has_lease()
    jobs._failed = {"timer": float("inf")}
    await jobs.fire_due()
    subscriptions = Subscriptions(service.takes, store, settings, lambda: None)
    letters = DeadLetters(store, subscriptions)
    for state in STATES:
        await letters.page(state, 51)
        await letters.page(state, 51, (NOW, "id"))
    await letters.parked(51)
    await letters.stops()
    await store.past()
    await Copies(store.mongo).since(0)


async def ask_search(store: Store) -> None:
    """What keeps the search index in step asks, page by page and after the end."""
    sources = registry.service(store.service).searched
    keeper = Keeper(store.mongo, UnknownIndex(), sources, store.service, Changes(store.mongo).of([]))
    for source in sources:
        row = {"_id": "id", source.newest or "_id": NOW if source.newest else "id"}
        for after in (None, row):
            await keeper._page(source, after, {"version": 1})
        await keeper._take(source, ["id"])


class UnknownIndex(TantivyIndex):
    """An index that holds nothing and keeps nothing."""

    def __init__(self) -> None:
        pass

    async def replace(self, entries: Sequence[Entry], gone: Sequence[tuple[str, str]] = ()) -> None:
        """Forgets it."""


async def ask_handlers(store: Store, settings: Settings) -> None:
    """What the handlers of all consumers want to know, and `commit_many` with them."""
    for name, entry in CONSUMERS:
        if name == store.service:
            service = registry.service(name)
            subscriptions = Subscriptions(service.takes, store, settings, lambda: None)
            reader = Reader(store, settings, entry, subscriptions.consumer(f"{name}.{entry.topic}"))
            event = reader.event()
            for _ in range(2):
                await reader.consumer.take([reader.record(event)])


@pytest.mark.parametrize("service", registry.MODULES)
async def test_every_query_of_a_repository_is_asked_here(service: str) -> None:
    assert set(queries(service)) <= set(CALLS), "add a row to CALLS in asked/ for each form of a new query"


async def ask_everything(store: Store, settings: Settings) -> list[Asked]:
    await ask_repositories(store)
    await ask_kernel(store, settings)
    await ask_search(store)
    await ask_handlers(store, settings)
    return asked_of(store).asked


async def test_every_query_is_served_by_an_index(store: Store, settings: Settings) -> None:
    await ask_everything(store, settings)
    assert await asked_of(store).slow() == []


async def test_every_index_of_a_service_serves_a_query(store: Store, settings: Settings) -> None:
    everything = await ask_everything(store, settings)
    assert unused(registry.service(store.service).models, everything) == []


async def test_every_index_of_the_kernel_serves_a_query(stores: dict[str, Store], settings: Settings) -> None:
    everything: list[Asked] = []
    for kept in stores.values():
        mongo = AskedMongo(settings.mongo_url, kept.mongo.name)
        everything += await ask_everything(replace(kept, mongo=mongo), settings)
        mongo.close()
    assert unused(KERNEL_MODELS, everything) == []


def unused(models: Iterable[type[Aggregate]], everything: list[Asked]) -> list[str]:
    """Indexes that only cost writes: no query begins with their first field, they keep nothing unique or young."""
    return [
        f"{model.collection} {index['keys']}"
        for model in models
        for index in model.indexes
        if not index.keys() & {"unique", "expireAfterSeconds"}
        and not any(a.collection == model.collection and a.begins_with(index["keys"][0][0]) for a in everything)
    ]


async def test_a_query_without_an_index_would_be_seen(stores: dict[str, Store], settings: Settings) -> None:
    mongo = AskedMongo(settings.mongo_url, stores["alerts"].mongo.name)
    await prepare(mongo, [], registry.service("alerts").steps)
    await mongo.find(Timer.collection, {"kind": "no index knows it"})
    await mongo.find(DeadLetter.collection, {"_id": "d"}, sort=[("error", 1)])
    await mongo.find(DeadLetter.collection, {"state": "open"}, sort=[("error", 1)])
    assert [line.rpartition(": ")[2] for line in await mongo.slow()] == ["COLLSCAN", "FETCH < IXSCAN < SORT"]
    mongo.close()
