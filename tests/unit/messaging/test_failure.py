"""How many dead letters are too many, and how long a consumer tries again."""

import pytest

from shared.errors import Unavailable
from shared.messaging import failure
from shared.messaging.failure import LONGEST_PAUSE, DeadLetterLimit, Patience, TooManyDeadLetters


class Time:
    """Seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(failure, "monotonic", made.monotonic)
    monkeypatch.setattr("shared.messaging.failure.asyncio.sleep", made.sleep)
    return made


def written(limit: DeadLetterLimit, more: int) -> None:
    limit.check(more)
    limit.count(more)


def test_as_many_as_the_limit_are_let_through(time: Time) -> None:
    limit = DeadLetterLimit(3, 60)
    written(limit, 2)
    written(limit, 1)
    with pytest.raises(TooManyDeadLetters, match="4 within 60 s, limit 3"):
        limit.check(1)


def test_a_flood_in_one_batch_is_refused_whole(time: Time) -> None:
    limit = DeadLetterLimit(3, 60)
    with pytest.raises(TooManyDeadLetters):
        limit.check(4)
    written(limit, 3)


def test_letters_that_could_not_be_written_and_come_again_count_once(time: Time) -> None:
    limit = DeadLetterLimit(3, 60)
    limit.check(2)
    written(limit, 2)
    limit.check(1)


def test_old_ones_are_forgotten(time: Time) -> None:
    limit = DeadLetterLimit(3, 60)
    written(limit, 3)
    time.now += 61
    limit.check(3)


async def wait_for_ever(patience: Patience, error: Exception) -> None:
    while True:
        await patience.wait(error)


async def test_pauses_grow_and_end_in_the_error(time: Time) -> None:
    away = Unavailable()
    with pytest.raises(Unavailable) as given_up:
        await wait_for_ever(Patience(30), away)
    assert given_up.value is away
    assert time.waits[:3] == [0.1, 0.2, 0.4]
    assert max(time.waits) == LONGEST_PAUSE
    assert sum(time.waits) <= 30
