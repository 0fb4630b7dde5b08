"""API keys: what is kept of one, and how it is recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.access import KeyFacts
from shared.identity.api_keys import recognise, write_key
from shared.testing.access import system_key

SECRET = bytes(range(32))
KEY = write_key("shop-1", SECRET)


def told(key: str = KEY) -> KeyFacts:
    return system_key(key, {"complaints:write"}, "s-shop")


KNOWN = {"shop-1": told()}


def test_the_holder_is_known_by_the_key() -> None:
    found = recognise(KEY, KNOWN)
    assert found is not None
    assert (found.holder, found.held_by, found.may) == ("s-shop", "system", ["complaints:write"])


def test_a_revoked_key_is_nobodys() -> None:
    assert recognise(KEY, {"shop-1": told().model_copy(update={"revoked": True})}) is None


def test_nothing_of_the_secret_is_kept() -> None:
    secret = KEY.rpartition("_")[2]
    assert secret not in repr(told())


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
    assert recognise(presented, KNOWN) is None


@given(st.text())
def test_any_text_is_nobodys(presented: str) -> None:
    assert recognise(presented, KNOWN) is None


@given(st.binary(min_size=32, max_size=32), st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True))
def test_every_key_that_is_written_is_recognised(secret: bytes, id: str) -> None:
    key = write_key(id, secret)
    assert recognise(key, {id: told(key)}) is not None


@pytest.mark.parametrize(("id", "secret"), [("a_b", SECRET), ("", SECRET), ("A", SECRET), ("a", b"short")])
def test_a_key_that_could_not_be_read_again_is_not_written(id: str, secret: bytes) -> None:
    with pytest.raises(ValueError, match="API key"):
        write_key(id, secret)
