"""One client: asks until there is an answer, always under the same key, and writes down what it was told."""

import asyncio
import random
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import httpx

from tests.chaos.ledger import Answer, Deed, Ledger
from tests.chaos.place import Place

PAUSE = 0.15
"""Seconds before the same is asked again."""
GIVES_UP, ASKS_TWICE = 0.05, 0.06
"""How often a client that got no answer leaves it at that, and how often one that has one asks again all the same."""
AWAY = frozenset({429, 502, 503, 504})
PATIENCE = 60.0
"""Seconds for which a client asks for the same thing; a deployment that heals is back long before."""


@dataclass
class Client:
    """Somebody with a browser, or a program. `over` is set when nothing new is to be asked for."""

    place: Place
    ledger: Ledger
    random: random.Random
    http: httpx.AsyncClient
    over: asyncio.Event
    pause: float = 0.1
    is_paced: bool = False
    """Whether what a deed takes counts as rest, so that so many are done a second."""
    _until: float = field(default=0.0, init=False)
    _rested: float = field(default_factory=monotonic, init=False)

    async def rest(self) -> None:
        """A moment between two deeds."""
        took = monotonic() - self._rested if self.is_paced else 0.0
        await asyncio.sleep(max(0.0, self.random.uniform(0.5, 1.5) * self.pause - took))
        self._rested = monotonic()

    async def ask(
        self, deed: Deed, service: str, path: str, body: dict[str, Any] | None = None, method: str = "POST"
    ) -> dict[str, Any] | None:
        """What was answered to the one who wants this done; None when it was refused, or nothing is known."""
        self._until = monotonic() + PATIENCE
        while (answer := await self._once(deed, service, path, body, method)) is None:
            if monotonic() > self._until or self.random.random() < GIVES_UP:
                return None
            await asyncio.sleep(PAUSE)
        said = self._note(deed, answer)
        if said is not None and self.random.random() < ASKS_TWICE:
            again = await self._once(deed, service, path, body, method)
            if again is not None:
                self._note(deed, again)
        return said

    async def look(self, service: str, path: str) -> dict[str, Any]:
        """What a page of a service says now; empty when nobody answers."""
        answer = await self.send("GET", service, path)
        return dict(answer.json()) if answer is not None and answer.status_code == 200 else {}

    async def _once(
        self, deed: Deed, service: str, path: str, body: dict[str, Any] | None, method: str
    ) -> httpx.Response | None:
        answer = await self.send(method, service, path, json=body, headers={"Idempotency-Key": deed})
        if answer is None or answer.status_code in AWAY:
            return None
        if answer.status_code >= 500:
            self.ledger.wonder(f"{deed}: {answer.status_code} {answer.text[:200]}")
            return None
        return answer

    async def send(self, method: str, service: str, path: str, **more: Any) -> httpx.Response | None:
        """The answer, or None when the connection failed; what became of it then nobody knows."""
        url = self.place.url(service)
        headers = {"Origin": url, **more.pop("headers", {})}
        self.ledger.tried += 1
        begun = monotonic()
        try:
            return await self.http.request(method, f"{url}{path}", headers=headers, **more)
        except (httpx.TransportError, httpx.UnsupportedProtocol):
            return None
        finally:
            self.ledger.slowest = max(self.ledger.slowest, monotonic() - begun)

    def _note(self, deed: Deed, answer: httpx.Response) -> dict[str, Any] | None:
        if answer.is_success:
            said = dict(answer.json())
            self.ledger.acknowledge(deed, said.get("id"))
            return said
        if self.ledger.answers[deed] is Answer.ACKNOWLEDGED:
            self.ledger.wonder(f"{deed}: done, and then {answer.status_code} {answer.text[:200]}")
        else:
            self.ledger.refuse(deed)
        return None

    async def upload(self, name: str, content: bytes) -> str | None:
        """The id of a file that was sent; without an answer it is sent anew, and the first one nobody names."""
        answer = await self.send("POST", "intake", "/api/intake/v1/attachments", files={"file": (name, content)})
        return str(answer.json()["id"]) if answer is not None and answer.status_code == 201 else None
