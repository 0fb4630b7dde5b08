"""Runs cases: the same from the same seed, none left out because another one had a fault."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

T = TypeVar("T")


def run(place: str, number: int, start: object, drawn: st.SearchStrategy[T], do: Callable[[T], Any]) -> None:
    """Have `do` done with so many values. `do` notes what is wrong and raises nothing: all cases are run."""

    @seed(f"{start}/{place}")
    @settings(
        max_examples=number,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def case(value: T) -> None:
        do(value)

    case()
