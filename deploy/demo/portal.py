"""The portal as people and programs reach it: JSON and forms over HTTP, each customer from a device of their own."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

PATIENCE: Final = 30.0
"""Seconds to wait for an answer."""
_TRIES: Final = 5
_BUSY: Final = (429, 503)
_LONGEST_WAIT: Final = 15.0

Json = dict[str, Any]


class Unreachable(Exception):
    """Nothing answers at the address."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")


class Unexpected(Exception):
    """The system answered otherwise than the story needs; the text says what was asked and what came back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `cookies` as they are sent again."""

    status: int
    body: Any
    cookies: str = ""
    wait: float = 1.0

    @property
    def is_done(self) -> bool:
        """Whether it was done as asked."""
        return 200 <= self.status < 300

    @property
    def missing(self) -> list[str]:
        """What would have to come first, where the system says so."""
        return [str(one["message"]) for one in self.body.get("missing") or []] if isinstance(self.body, dict) else []

    def problem(self) -> str:
        """Why it was refused, in the words of the system."""
        if not isinstance(self.body, dict):
            return str(self.status)
        errors = [f"{e.get('field', '')}: {e.get('message', '')}".strip(": ") for e in self.body.get("errors") or []]
        return " ".join([str(self.body.get("detail") or self.body.get("title") or self.status), *errors])


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: with an API key or without, the language they read, and the device they sit at.

    `device` makes an address of this machine (127.3.x.y): customers have one each, so that limits per visitor see
    them as what they are. Where a system has 127.0.0.1 only, all share it.
    """

    key: str | None = None
    language: str = "ko"
    device: int = 0


@dataclass
class Portal:
    """One address. Connections are short: every device needs its own, and a demonstration has time."""

    url: str
    _devices: bool = field(default=True, init=False)

    async def get(self, path: str, caller: Caller, **query: str | int) -> Answer:
        """Read something."""
        return await self._ask("GET", f"{path}?{urlencode(query)}" if query else path, caller, None, {})

    async def post(self, path: str, caller: Caller, body: Json | None = None, once: str | None = None) -> Answer:
        """Do something; `once` is the Idempotency-Key."""
        headers = {"Idempotency-Key": once} if once else {}
        if body is None:
            return await self._ask("POST", path, caller, None, headers)
        sent = json.dumps(body, ensure_ascii=False).encode()
        return await self._ask("POST", path, caller, sent, headers | {"Content-Type": "application/json"})

    async def put(self, path: str, caller: Caller, body: Json) -> Answer:
        """Have something so; the same again changes nothing."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        return await self._ask("PUT", path, caller, sent, {"Content-Type": "application/json"})

    async def fill_in(self, path: str, caller: Caller, form: Mapping[str, str], cookies: str = "") -> Answer:
        """Send a form as a browser does; `cookies` are those of an earlier answer."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url, "Cookie": cookies}
        return await self._ask("POST", path, caller, urlencode(form).encode(), headers)

    async def _ask(
        self, method: str, path: str, caller: Caller, body: bytes | None, extra: Mapping[str, str]
    ) -> Answer:
        """The answer; asks again where the system says that it is busy. Raises `Unreachable`."""
        headers = {"Accept-Language": caller.language, **{name: said for name, said in extra.items() if said}}
        if caller.key:
            headers["Authorization"] = f"Bearer {caller.key}"
        for _again in range(_TRIES - 1):
            answer = await asyncio.to_thread(self._send, method, path, body, headers, caller.device)
            if answer.status not in _BUSY:
                return answer
            await asyncio.sleep(min(answer.wait, _LONGEST_WAIT))
        return await asyncio.to_thread(self._send, method, path, body, headers, caller.device)

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], device: int) -> Answer:
        connection = self._connection(device)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            said, wait = _read(response.read()), response.getheader("Retry-After") or ""
            cookies = (one.partition(";")[0] for one in response.headers.get_all("Set-Cookie") or [])
            return Answer(response.status, said, "; ".join(cookies), float(wait) if wait.isdecimal() else 1.0)
        except (OSError, HTTPException) as error:
            raise Unreachable(self.url, str(error) or type(error).__name__) from error
        finally:
            connection.close()

    def _connection(self, device: int) -> HTTPConnection:
        parts = urlsplit(self.url)
        if parts.scheme == "https":
            return HTTPSConnection(parts.netloc, timeout=PATIENCE)
        if device and self._devices and (parts.hostname or "").startswith("127."):
            own = (f"127.3.{device // 250}.{device % 250 + 1}", 0)
            connection = HTTPConnection(parts.netloc, timeout=PATIENCE, source_address=own)
            try:
                connection.connect()
                return connection
            except OSError:
                self._devices = False
        return HTTPConnection(parts.netloc, timeout=PATIENCE)


def _read(said: bytes) -> Any:
    try:
        return json.loads(said)
    except ValueError:
        return said.decode(errors="replace")
