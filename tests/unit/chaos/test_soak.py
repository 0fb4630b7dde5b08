"""The judgement of the soak, on runs that are made up: it has to notice what grows, and nothing else."""

from collections.abc import Callable
from random import Random

import pytest

from tests.chaos.soak.judging import growing, table
from tests.chaos.soak.watching import Sample

MINUTES = 20


def a_run(
    memory: Callable[[float], float] = lambda minute: 120,
    waiting: Callable[[float], float] = lambda minute: 30,
    oldest: float = 0.2,
    mongo: float = 300,
) -> list[Sample]:
    """A sample every ten seconds, each a little different from the last."""
    draw, minutes = Random(1), [n / 6 for n in range(MINUTES * 6)]
    return [
        Sample(
            minute * 60,
            {"intake": memory(minute) + draw.uniform(-2, 2), "MongoDB": mongo + 20 * minute},
            {"alerts.complaint.created": int(waiting(minute) * draw.uniform(0, 2))},
            oldest,
        )
        for minute in minutes
    ]


def test_a_quiet_run_is_quiet() -> None:
    assert growing(a_run()) == []


def test_what_is_loaded_in_the_first_minutes_is_no_growth() -> None:
    assert growing(a_run(memory=lambda minute: 90 + 30 * min(1.0, minute / 3))) == []


def test_what_the_queue_knows_of_each_complaint_is_no_growth() -> None:
    run = a_run(memory=lambda minute: 120 + minute)
    assert growing(run, filed=80_000) == []
    assert growing(run, filed=5_000) != []


def test_a_burst_that_is_worked_off_is_no_growth() -> None:
    assert growing(a_run(waiting=lambda minute: 5000 if 9 < minute < 10 else 30)) == []


@pytest.mark.parametrize(
    ("run", "what"),
    [
        (a_run(memory=lambda minute: 120 + minute), "memory of intake"),
        (a_run(waiting=lambda minute: 100 * minute), "waiting for alerts.complaint.created"),
        (a_run(oldest=60), "the oldest event"),
        (a_run(mongo=900), "memory of MongoDB"),
        (a_run()[:5], "too few"),
    ],
)
def test_what_grows_is_named(run: list[Sample], what: str) -> None:
    (found,) = growing(run)
    assert what in found


def test_the_table_has_a_line_for_everything() -> None:
    lines = table(a_run()).splitlines()
    assert len(lines) == 5
    assert "MongoDB" in lines[2]
