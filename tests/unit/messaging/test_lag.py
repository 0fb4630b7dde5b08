"""How far a consumer is behind, asked while partitions come and go."""

from types import SimpleNamespace
from typing import Any

from aiokafka import TopicPartition

from shared.messaging.subscription import Subscription
from shared.obs import metrics

KEPT, TAKEN = TopicPartition("t", 0), TopicPartition("t", 1)


class Client:
    """A consumer that loses a partition while it is asked for the place of another."""

    def __init__(self) -> None:
        self.mine = {KEPT, TAKEN}

    def assignment(self) -> set[TopicPartition]:
        return set(self.mine)

    async def position(self, place: TopicPartition) -> int:
        self.mine.discard(TAKEN)
        return 40

    def highwater(self, place: TopicPartition) -> int:
        assert place in self.mine, "Kafka's client knows nothing of other partitions"
        return 50


async def lag_of(under_way: dict[TopicPartition, int]) -> float:
    client = Client()
    subscription: Any = SimpleNamespace(
        _subscriber=SimpleNamespace(consumer=client), _under_way=under_way, consumer=SimpleNamespace(name="test.lag")
    )
    await Subscription._measure_lag(subscription)
    return float(metrics.CONSUMER_LAG.labels("test.lag")._value.get())


async def test_a_partition_that_is_taken_away_meanwhile_does_not_count() -> None:
    assert await lag_of({TAKEN: 3}) in {10, 10 + 47}  # whichever is asked for first


async def test_what_is_under_way_is_not_done_also_at_the_very_beginning() -> None:
    assert await lag_of({KEPT: 0, TAKEN: 0}) == 100
