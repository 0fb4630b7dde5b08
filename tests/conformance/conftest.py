"""Every service's database once per worker; tests keep apart by fresh ids."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from deploy import registry
from shared.db.client import Mongo
from shared.db.schema import prepare
from shared.db.store import Store
from shared.messaging.subscriptions import Subscriptions
from shared.privacy.vault import Vault, read_master_keys
from shared.runtime.clock import SystemClock
from shared.runtime.settings import Settings
from tests.conformance.reader import CONSUMERS, Reader

StoreOf = Callable[[str], Store]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stores(settings: Settings) -> AsyncIterator[dict[str, Store]]:
    """A store with its database for every service."""
    made = {}
    for name in registry.MODULES:
        service = registry.service(name)
        mongo = Mongo(settings.mongo_url, settings.named(f"conformance_{name}"))
        await prepare(mongo, service.models, service.steps)
        rules, vault = service.load_rules(settings), Vault(*read_master_keys(settings.master_key_file))
        made[name] = Store(name, mongo, SystemClock(), service.uow, rules, vault, deadline=settings.deadline)
    yield made
    for store in made.values():
        await store.mongo.drop()
        store.mongo.close()


@pytest.fixture(params=CONSUMERS, ids=lambda case: f"{case[0]}-{case[1].topic}")
def reader(request: Any, stores: dict[str, Store], settings: Settings) -> Reader:
    """Each consumer of each service in turn."""
    name, entry = request.param
    store = replace(stores[name])
    calm = settings.model_copy(update={"dead_letter_limit": 10_000})
    subscriptions = Subscriptions(registry.service(name).takes, store, calm, lambda: None)
    return Reader(store, settings, entry, subscriptions.consumer(f"{name}.{entry.topic}"))
