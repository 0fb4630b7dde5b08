"""API keys: what is kept of one, how it is recognised, how soon a revoked one is refused."""

import asyncio
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Unavailable
from shared.identity.api_keys import KeyRecord, KeyRing, hash_of, verify, write_key

SECRET = bytes(range(32))
KEY = write_key("shop-1", SECRET)


def record(key: str = KEY, id: str = "shop-1") -> KeyRecord:
    return KeyRecord(id, hash_of(key), "s-shop", "shop", frozenset({"complaints:write"}))


RECORDS = {"shop-1": record()}


def test_the_holder_is_known_by_the_key() -> None:
    holder = verify(KEY, RECORDS)
    assert holder is not None
    assert (holder.id, holder.kind, holder.roles) == ("s-shop", "system", frozenset({"complaints:write"}))


def test_nothing_of_the_secret_is_kept() -> None:
    secret = KEY.rpartition("_")[2]
    assert secret not in repr(record())


@pytest.mark.parametrize(
    "presented",
    [
        KEY[:-1] + "A",
        KEY[:-1],
        KEY + "A",
        KEY.replace("shop-1", "shop-2"),
        KEY.upper(),
        "",
        "ccms__",
        " " + KEY,
        KEY + "\n",
    ],
)
def test_any_other_key_is_nobodys(presented: str) -> None:
    assert verify(presented, RECORDS) is None


@given(st.text())
def test_any_text_is_nobodys(presented: str) -> None:
    assert verify(presented, RECORDS) is None


@given(st.binary(min_size=32, max_size=32), st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True))
def test_every_key_that_is_written_is_recognised(secret: bytes, id: str) -> None:
    key = write_key(id, secret)
    assert verify(key, {id: record(key, id)}) is not None


@pytest.mark.parametrize(("id", "secret"), [("a_b", SECRET), ("", SECRET), ("A", SECRET), ("a", b"short")])
def test_a_key_that_could_not_be_read_again_is_not_written(id: str, secret: bytes) -> None:
    with pytest.raises(ValueError, match="API key"):
        write_key(id, secret)


class Ring:
    """A key ring on a clock that is moved by hand and a store that counts."""

    def __init__(self) -> None:
        self.records: list[KeyRecord] = [record()]
        self.now = 0.0
        self.loads = 0
        self.ring = KeyRing(self.load, lambda: self.now)

    async def load(self) -> Iterable[KeyRecord]:
        self.loads += 1
        await asyncio.sleep(0)
        return list(self.records)


async def test_a_revoked_key_is_refused_within_five_seconds() -> None:
    keys = Ring()
    assert await keys.ring.verify(KEY)
    keys.records.clear()
    keys.now = 5.0
    assert await keys.ring.verify(KEY) is None


async def test_many_requests_cost_one_load() -> None:
    keys = Ring()
    await asyncio.gather(*(keys.ring.verify(KEY) for _ in range(50)))
    keys.now = 3.0
    await keys.ring.verify(KEY)
    assert keys.loads == 1


async def test_no_key_counts_while_the_store_is_away() -> None:
    keys = Ring()
    await keys.ring.verify(KEY)

    async def away() -> Iterable[KeyRecord]:
        raise Unavailable

    keys.ring = KeyRing(away, lambda: keys.now)
    with pytest.raises(Unavailable):
        await keys.ring.verify(KEY)
