"""The desk of `sharing` for whoever sets a deployment up: its handlers on its database, without its pages."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from deploy import registry
from services.sharing.domain.password import SALT_BYTES, hash_password
from shared.db.committer import Committer
from shared.db.member import Member
from shared.db.schema import prepare
from shared.db.uow import Cause
from shared.runtime.ids import random_id
from shared.runtime.process import Role, Running
from shared.runtime.settings import Settings

SHARING = "sharing"


@asynccontextmanager
async def desk(settings: Settings) -> AsyncIterator[Running]:
    """Sharing's database and handlers. What is told stays in the outbox until sharing runs."""
    running = Running(registry.service(SHARING), settings, roles=())
    try:
        await prepare(running.mongo, running.service.models, running.service.steps)
        yield running
    finally:
        running.mongo.close()


@asynccontextmanager
async def sending_desk(settings: Settings) -> AsyncIterator[Running]:
    """The same, which also sends what is told: for when sharing itself is not to run."""
    roles: tuple[Role, ...] = ("relay",)
    running = Running(registry.service(SHARING), settings, roles=roles, alone=True)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


async def do(committer: Committer, handler: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    """Run a handler as the system itself; its result once it is durable. Raises what it refuses."""

    async def handle(uow: Any) -> Any:
        return await handler(*args, uow)

    outcome = await committer.run(Member(Cause(f"command:{random_id()}"), handle))
    if outcome.error is not None:
        raise outcome.error
    return outcome.result


async def kept_of(password: str) -> str:
    """What is kept of a password; slow on purpose, so in a thread."""
    return await asyncio.to_thread(hash_password, password, secrets.token_bytes(SALT_BYTES))
