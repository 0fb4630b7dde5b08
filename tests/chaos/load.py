"""A company's day in short: clients of every kind at work at once, for as long as the load lasts.

ledger = Ledger()
async with loaded(place, ledger, seed=7):
    ...  # break things
await settle(place)
assert not faults(ledger, await read(place))
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any, Final

import httpx

from deploy.desk import desk, do
from services.sharing.handlers.founding import found_company
from shared.identity.organisation import load_organisation
from tests.chaos.acting.cards import AGENT, HEAD_OF_OFFICE, work_on_cards
from tests.chaos.acting.company import ADMINISTRATOR, keep_the_directory, keep_the_register
from tests.chaos.acting.filing import file_complaints
from tests.chaos.acting.issues import CALLED, answer_calls
from tests.chaos.acting.time import let_time_pass
from tests.chaos.acting.topics import Sender, poison, submit_complaints
from tests.chaos.asking import Client
from tests.chaos.ledger import Ledger
from tests.chaos.place import Place

FILERS: Final = 4
Acting = Callable[[Client], Coroutine[Any, Any, None]]


async def found(place: Place) -> None:
    """Have `sharing` know the sample company, before its processes run or while they do."""
    async with desk(place.settings) as running:
        await do(running.committer, found_company, load_organisation())


@asynccontextmanager
async def loaded(
    place: Place, ledger: Ledger, seed: int, *, filers: int = FILERS, pause: float = 0.1, is_paced: bool = False
) -> AsyncIterator[asyncio.Event]:
    """Clients at work; at the end each gets the answer it waits for, or gives up. Yields what ends them earlier."""
    over = asyncio.Event()
    async with AsyncExitStack() as leaving, asyncio.TaskGroup() as clients:
        for number, (http, acting, slower) in enumerate(_company(place, filers)):
            client = Client(
                place, ledger, random.Random(f"{seed}/{number}"), await leaving.enter_async_context(http), over
            )
            client.pause, client.is_paced = pause * slower, is_paced
            clients.create_task(acting(client))
        try:
            yield over
        finally:
            over.set()


def _company(place: Place, filers: int) -> list[tuple[httpx.AsyncClient, Acting, float]]:
    """Everybody: with what they ask, what they do, and how much slower than those who file."""
    files: list[tuple[httpx.AsyncClient, Acting, float]] = [(place.system(), file_complaints, 1) for _ in range(filers)]
    return [
        *files,
        (place.person(AGENT), work_on_cards, 1.5),
        (place.person(HEAD_OF_OFFICE), work_on_cards, 1.5),
        (place.person(CALLED), answer_calls, 5),
        (place.system(), let_time_pass, 5),
        (place.person(ADMINISTRATOR), keep_the_directory, 4),
        (place.person(HEAD_OF_OFFICE), partial(_sending, keep_the_register), 4),
        (place.system(), partial(_sending, submit_complaints), 2),
        (place.system(), partial(_sending, poison), 1),
    ]


async def _sending(acting: Callable[[Client, Sender], Coroutine[Any, Any, None]], client: Client) -> None:
    sender = Sender(client)
    try:
        await acting(client, sender)
    finally:
        await sender.close()
