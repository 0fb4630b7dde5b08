"""Every answer of a deployment to its clients, with the time that it took: what an outage looks like from outside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic

import httpx

from tests.chaos.place import Place

LATEST = 5.0
"""Seconds after which nobody may still be waiting for an answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: when it came, how long it took, and whether a refused client was told when to come again."""

    at: float
    seconds: float
    status: int
    what: str
    says_when: bool


@dataclass
class Answers:
    """All of them, in the order in which they came."""

    all: list[Answered] = field(default_factory=list)

    def hear(self, client: httpx.AsyncClient) -> httpx.AsyncClient:
        """Write down what this client is answered."""

        async def begin(request: httpx.Request) -> None:
            request.extensions["begun"] = monotonic()

        async def end(response: httpx.Response) -> None:
            request, now = response.request, monotonic()
            what, when = f"{request.method} {request.url.path}", "retry-after" in response.headers
            self.all.append(Answered(now, now - request.extensions["begun"], response.status_code, what, when))

        client.event_hooks = {"request": [begin], "response": [end]}
        return client

    def since(self, begun: float) -> "Answers":
        """Those that came from then on."""
        return Answers([each for each in self.all if each.at >= begun])

    @property
    def slowest(self) -> tuple[float, str]:
        """Seconds of the longest wait, and for what."""
        return max(((each.seconds, f"{each.status} {each.what}") for each in self.all), default=(0.0, "nothing"))

    @property
    def refused(self) -> int:
        """How often a client was told to come again later."""
        return sum(each.status == 503 for each in self.all)

    def outage(self, begun: float) -> float:
        """Seconds of the longest time, from then on, in which nothing that was filed was accepted."""
        taken = [begun, *(each.at for each in self.all if each.at >= begun and _is_filed(each)), monotonic()]
        return max(later - earlier for earlier, later in pairwise(taken))

    @property
    def broken_promises(self) -> list[str]:
        """Answers that nobody may get: errors, and refusals that do not say when to come again."""
        errors = [f"{a.what}: {a.status}" for a in self.all if a.status >= 500 and a.status != 503]
        silent = [f"{a.what}: 503 without Retry-After" for a in self.all if a.status == 503 and not a.says_when]
        return [*_some(errors), *_some(silent)]


def _is_filed(answer: Answered) -> bool:
    return answer.status == 201 and answer.what == "POST /api/intake/v1/complaints"


def _some(found: Sequence[str]) -> list[str]:
    return [*found[:5], *([f"and {len(found) - 5} more"] if len(found) > 5 else [])]


@dataclass(frozen=True)
class Watched(Place):
    """A place whose answers are all written down."""

    answers: Answers = field(default_factory=Answers)

    def system(self) -> httpx.AsyncClient:
        """A program with an API key."""
        return self.answers.hear(super().system())

    def person(self, id: str) -> httpx.AsyncClient:
        """Somebody who is signed in."""
        return self.answers.hear(super().person(id))
