"""Visitors are counted by where they come from, without anybody knowing where that is."""

import pytest
from starlette.types import Scope

from shared.web.rates import Buckets, Rate, TooManyRequests
from shared.web.visitors import mark_of, networks

RATE = Rate(burst=3, per_minute=6.0)
HERE = b"here"


class Seconds:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def scope(peer: str | None, forwarded: str = "") -> Scope:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return {"type": "http", "client": (peer, 1) if peer else None, "headers": headers}


def test_so_many_at_once_and_then_one_after_the_other() -> None:
    seconds = Seconds()
    buckets = Buckets(seconds)
    for _ in range(3):
        buckets.take(HERE, "file", RATE)
    with pytest.raises(TooManyRequests) as refused:
        buckets.take(HERE, "file", RATE)
    assert refused.value.retry_after == 10
    seconds.now = 9.0
    with pytest.raises(TooManyRequests) as refused:
        buckets.take(HERE, "file", RATE)
    assert refused.value.retry_after == 1
    seconds.now = 10.0
    buckets.take(HERE, "file", RATE)


def test_being_refused_costs_nothing_more() -> None:
    seconds = Seconds()
    buckets = Buckets(seconds)
    for _ in range(3):
        buckets.take(HERE, "file", RATE)
    for _ in range(50):
        with pytest.raises(TooManyRequests):
            buckets.take(HERE, "file", RATE)
    seconds.now = 10.0
    buckets.take(HERE, "file", RATE)


def test_who_waits_long_has_no_more_than_the_burst() -> None:
    seconds = Seconds()
    buckets = Buckets(seconds)
    buckets.take(HERE, "file", RATE)
    seconds.now = 100_000.0
    for _ in range(3):
        buckets.take(HERE, "file", RATE)
    with pytest.raises(TooManyRequests):
        buckets.take(HERE, "file", RATE)


def test_visitors_and_purposes_are_counted_apart() -> None:
    buckets = Buckets(Seconds())
    for mark in (b"a", b"b"):
        for purpose in ("file", "follow"):
            for _ in range(3):
                buckets.take(mark, purpose, RATE)


def test_memory_has_a_limit() -> None:
    buckets = Buckets(Seconds(), most=100)
    for number in range(10_000):
        buckets.take(str(number).encode(), "file", RATE)
    assert len(buckets) == 100


def test_an_address_cannot_be_read_out_of_its_mark() -> None:
    mark = mark_of(scope("203.0.113.7"), ())
    assert b"203" not in mark
    assert mark == mark_of(scope("203.0.113.7"), ())
    assert mark != mark_of(scope("203.0.113.8"), ())


def test_a_household_of_ipv6_is_one_visitor() -> None:
    assert mark_of(scope("2001:db8:1:2::3"), ()) == mark_of(scope("2001:db8:1:2:ffff::1"), ())
    assert mark_of(scope("2001:db8:1:2::3"), ()) != mark_of(scope("2001:db8:1:3::3"), ())
    assert mark_of(scope("::ffff:203.0.113.7"), ()) == mark_of(scope("203.0.113.7"), ())


def test_a_forwarded_address_counts_only_from_a_trusted_proxy() -> None:
    proxies = networks("198.51.100.0/24, 192.0.2.1")
    plain = mark_of(scope("203.0.113.7"), ())
    assert mark_of(scope("198.51.100.9", "203.0.113.7"), proxies) == plain
    assert mark_of(scope("198.51.100.9", "1.2.3.4, 203.0.113.7, 192.0.2.1"), proxies) == plain
    assert mark_of(scope("203.0.113.7", "1.2.3.4"), proxies) == plain
    assert mark_of(scope("203.0.113.7", "1.2.3.4"), ()) == plain


@pytest.mark.parametrize("forwarded", ["", "unknown", "203.0.113.7, x", ", ,", "198.51.100.9"])
def test_a_forwarded_list_that_makes_no_sense_is_the_proxys_own(forwarded: str) -> None:
    proxies = networks("198.51.100.0/24")
    assert mark_of(scope("198.51.100.9", forwarded), proxies) == mark_of(scope("198.51.100.9"), ())


@pytest.mark.parametrize("peer", [None, "testclient", ""])
def test_who_has_no_address_is_counted_too(peer: str | None) -> None:
    assert len(mark_of(scope(peer), ())) == 16
