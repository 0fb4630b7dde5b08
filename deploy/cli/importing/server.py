"""The running system over HTTP: asks again while it is away, and tells what it refuses."""

import http.client
import json
import random
import ssl
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from deploy.cli.importing.target import Target
from shared.language.i18n import Language, _

SECONDS: Final = 30.0
"""For one answer; a server that is well takes far less, and says so after five when it is not."""
TEMPORARY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 5.0
ROOT: Final = "/api/intake/v1/"


class Away(Exception):
    """The server did not answer for as long as it was waited for."""

    text = _("The system at {url} has not answered for {seconds} seconds ({reason}).")

    def __init__(self, url: str, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.inputs = {"url": url, "seconds": round(seconds), "reason": reason}


class Refusal(Exception):
    """The server refuses the whole request, and would again; the text is its own."""


class Server:
    """One running system. May be used by several threads: each has a connection of its own."""

    def __init__(self, target: Target, language: Language, patience: float, waiting: Callable[[], None]) -> None:
        self._target, self._language = target, language
        self._patience, self._waiting = patience, waiting
        self._local = threading.local()
        self.stopped = threading.Event()

    def post(self, path: str, content: bytes) -> Any:
        """The answer to a request that may be sent again. Raises `Away`, `Refusal`."""
        begun, pause = monotonic(), FIRST_PAUSE
        while True:
            try:
                status, after, answer = self._once(path, content)
            except (OSError, http.client.HTTPException) as error:
                status, after, answer = 0, 0.0, type(error).__name__.encode()
                self._forget()
            if status == 200:
                return json.loads(answer)
            if status and status not in TEMPORARY:
                raise Refusal(_detail(status, answer))
            reason = str(status) if status else answer.decode()
            if monotonic() - begun > self._patience or self.stopped.is_set():
                raise Away(self._target.url, monotonic() - begun, reason)
            self._waiting()
            self.stopped.wait(max(after, pause * random.uniform(0.5, 1.0)))
            pause = min(2 * pause, LONGEST_PAUSE)

    def _once(self, path: str, content: bytes) -> tuple[int, float, bytes]:
        """Status, seconds that the server asks to wait, and body."""
        connection = self._connection()
        headers = {
            "Authorization": f"Bearer {self._target.api_key}",
            "Content-Type": "application/json",
            "Accept-Language": self._language,
        }
        connection.request("POST", f"{self._local.base}{ROOT}{path}", content, headers)
        answer = connection.getresponse()
        body = answer.read()
        after = answer.headers.get("Retry-After", "0")
        return answer.status, min(float(after), LONGEST_PAUSE) if after.isdigit() else 0.0, body

    def _connection(self) -> http.client.HTTPConnection:
        known: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if known is None:
            parts = urlsplit(self._target.url)
            self._local.base = parts.path.rstrip("/")
            host, port = parts.hostname or "", parts.port
            if parts.scheme == "https":
                known = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
            else:
                known = http.client.HTTPConnection(host, port, timeout=SECONDS)
            self._local.connection = known
        return known

    def _forget(self) -> None:
        """Drop the connection; a system on this machine may have come back elsewhere."""
        known = getattr(self._local, "connection", None)
        if known is not None:
            known.close()
            self._local.connection = None
        self._target.look_again()


def _detail(status: int, answer: bytes) -> str:
    """What the server says in its problem details, else its status."""
    try:
        problem = json.loads(answer)
        fields = [f"{error['field']}: {error['message']}" for error in problem.get("errors", [])]
        return " ".join([str(problem["detail"]), *fields])
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"HTTP {status}"
