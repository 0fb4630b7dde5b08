"""What a handler may ask of storage, and how it waits for the answer: by being put away until the workspace has it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from shared.db.aggregate import Aggregate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Want:
    """Rows of `model` whose `field` equals `value`; `_id` for one by its id."""

    model: type[Aggregate]
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class NumberWant:
    """The next readable number of a series for one member, which may ask for several."""

    series: str
    member: str
    count: int


@dataclass(frozen=True, slots=True)
class IdsWant:
    """Ids alone of the rows of `model` whose `field` equals `value`, of which there may be many."""

    model: type[Aggregate]
    field: str
    value: Any


AnyWant = Want | NumberWant | IdsWant


class Answering(Protocol):
    """Where answers are: the workspace."""

    def has(self, want: AnyWant) -> bool: ...

    def answer(self, want: AnyWant) -> Any: ...


class Load(Generic[T]):
    """Awaitable answer to a want; suspends the handler while the workspace does not have it."""

    def __init__(self, workspace: Answering, want: AnyWant) -> None:
        self._workspace, self.want = workspace, want

    def __await__(self) -> Generator[list[AnyWant], None, T]:
        while not self._workspace.has(self.want):
            yield [self.want]
        return cast(T, self._workspace.answer(self.want))


class Loads:
    """Several loads that are fetched together, so that the handler is suspended once for all of them."""

    def __init__(self, workspace: Answering, loads: Sequence[Load[Any]]) -> None:
        self._workspace, self._wants = workspace, [load.want for load in loads]

    def __await__(self) -> Generator[list[AnyWant], None, None]:
        while missing := [want for want in self._wants if not self._workspace.has(want)]:
            yield missing
