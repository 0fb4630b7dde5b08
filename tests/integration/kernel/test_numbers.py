"""Readable numbers: unique over all processes, also those that were started anew."""

import asyncio
from collections.abc import Callable

from shared.db.client import Mongo
from shared.db.numbers import BLOCK, Numbers

Databases = Callable[..., Mongo]


async def test_processes_at_once_never_give_the_same_number(database: Databases) -> None:
    mongo = database()
    processes = [Numbers(mongo) for _ in range(6)]
    taken = await asyncio.gather(*(process.take("C-2026", 7) for _ in range(40) for process in processes))
    numbers = [number for some in taken for number in some]
    assert len(set(numbers)) == len(numbers) == 6 * 40 * 7


async def test_numbers_count_up_from_one_with_six_digits(database: Databases) -> None:
    numbers = Numbers(database())
    assert await numbers.take("C-2026", 2) == ["C-2026-000001", "C-2026-000002"]
    assert await numbers.take("C-2026", 1) == ["C-2026-000003"]


async def test_a_new_process_goes_on_behind_the_block_of_the_last(database: Databases) -> None:
    mongo = database()
    await Numbers(mongo).take("C-2026", 1)
    assert await Numbers(mongo).take("C-2026", 1) == [f"C-2026-{BLOCK + 1:06d}"]


async def test_series_count_apart(database: Databases) -> None:
    numbers = Numbers(database())
    await numbers.take("C-2026", 5)
    assert await numbers.take("C-2027", 1) == ["C-2027-000001"]


async def test_more_than_a_block_at_once_are_unique_too(database: Databases) -> None:
    numbers = Numbers(database())
    await numbers.take("C-2026", BLOCK - 1)
    taken = await numbers.take("C-2026", BLOCK + 10)
    assert len(set(taken)) == BLOCK + 10
    assert "C-2026-000001" not in taken
