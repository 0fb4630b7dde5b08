"""Which process is killed when: drawn from the seed alone, so that the same seed kills the same ones again."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SERVERS: Final = ("Kafka", "MongoDB")
PAUSE: Final = (0.3, 5.0)
"""Least and most seconds between two kills."""
TWO, A_SERVER, HASTY = 0.15, 0.07, 0.2
"""How often two die at once, how often one of them is a server, and how often nobody waits for the last to be back."""


@dataclass(frozen=True)
class Kill:
    """`after` so many seconds; `hasty` when the process may be one that is still starting."""

    number: int
    after: float
    victims: tuple[str, ...]
    hasty: bool


def planned(seed: int, posts: Sequence[str], count: int) -> Iterator[Kill]:
    """So many kills among these posts and both servers."""
    draw = random.Random(seed)
    for number in range(1, count + 1):
        victims = draw.sample(list(posts), 2 if draw.random() < TWO else 1)
        if draw.random() < A_SERVER:
            victims[-1] = draw.choice(SERVERS)
        yield Kill(number, draw.uniform(*PAUSE), tuple(victims), draw.random() < HASTY)
