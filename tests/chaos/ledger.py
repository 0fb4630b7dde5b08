"""What the clients of a deployment know: everything they asked for, and what they were told became of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

Deed = str
"""One thing that somebody wants done once, such as `filing-17`: its kind and a number. It is written into what is
asked for (a title, a note), so that its effect can be found again."""


class Answer(StrEnum):
    """What the client was told. Of `unknown` it was told nothing: it may have happened once, or not at all."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass
class Ledger:
    """Written by the clients, in memory of the process that loads.

    `ids`: what an acknowledgement named (a complaint's id); `surprises`: answers that nobody may ever get; `slowest`:
    seconds of the longest wait for an answer; `tried`: how often something was asked, repetitions included.
    """

    answers: dict[Deed, Answer] = field(default_factory=dict)
    ids: dict[Deed, str] = field(default_factory=dict)
    surprises: list[str] = field(default_factory=list)
    slowest: float = 0.0
    tried: int = 0
    _counted: Counter[str] = field(default_factory=Counter)

    def new(self, kind: str) -> Deed:
        """A deed that nobody has asked for yet; unknown until there is an answer."""
        self._counted[kind] += 1
        deed = f"{kind}-{self._counted[kind]}"
        self.answers[deed] = Answer.UNKNOWN
        return deed

    def acknowledge(self, deed: Deed, id: str | None = None) -> None:
        """The client was told that it is done, and under which id."""
        self.answers[deed] = Answer.ACKNOWLEDGED
        if id is None:
            return
        if self.ids.setdefault(deed, id) != id:
            self.surprises.append(f"{deed} was acknowledged as {self.ids[deed]} and as {id}")

    def refuse(self, deed: Deed) -> None:
        """The client was told that it is not done."""
        self.answers[deed] = Answer.REFUSED

    def wonder(self, what: str) -> None:
        """Something that nobody may ever be told."""
        self.surprises.append(what)

    def count(self, answer: Answer) -> int:
        """How many deeds have this answer."""
        return sum(found is answer for found in self.answers.values())

    def of(self, kind: str) -> Iterator[tuple[Deed, Answer]]:
        """The deeds of a kind."""
        return ((deed, answer) for deed, answer in self.answers.items() if kind_of(deed) == kind)


def kind_of(deed: Deed) -> str:
    """`filing` of `filing-17`."""
    return deed.rpartition("-")[0]
