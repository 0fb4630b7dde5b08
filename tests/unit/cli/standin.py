"""A system that stands in for CCMS while the importer is tested: takes rows over real HTTP, and fails as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "ccms_test_secret"
LONGEST = 20_000


class StandIn:
    """Remembers rows by source and key. `failures` are statuses of the next answers; 0 drops the connection.

    `lose_answers`: so many requests are carried out and their answers lost. `forget`: nothing is remembered.
    `stumbles_over`: keys of rows at which it fails itself.
    """

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.runs: dict[tuple[str, str], str] = {}
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.languages: set[str] = set()
        self.failures: list[int] = []
        self.lose_answers = 0
        self.forget = False
        self.stumbles_over: set[str] = set()
        self.url = ""
        self._one_at_a_time = threading.Lock()

    def take(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        with self._one_at_a_time:
            if not self.forget:
                self.requests.append((path, content))
            rows = [self._outcome(content, row) for row in content["rows"]]
            return {"rows": rows, "categories": {"delivery": "Delivery"}}

    def _outcome(self, content: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
        name, body = (content["source"], row["key"]), row["filing"].get("body", "")
        if not body.strip() or len(body) > LONGEST:
            return {"key": row["key"], "outcome": "refused", "errors": [{"field": "body", "message": "not so"}]}
        if row["key"] in self.stumbles_over:
            return {"key": row["key"], "outcome": "failed", "errors": [{"field": "", "message": "a fault here"}]}
        known = name in self.rows
        if not content["dry_run"] and not known and not self.forget:
            self.rows[name], self.runs[name] = row["filing"], content["run"]
        already = known and self.runs[name] != content["run"]
        said = {"category": "delivery", "severity": "minor", "errors": []}
        return {"key": row["key"], "outcome": "already" if already else "accepted", **said}

    @property
    def bodies(self) -> list[str]:
        return [filing["body"] for filing in self.rows.values()]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    stand_in: StandIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.stand_in.languages.add(self.headers["accept-language"])
        if self.headers["authorization"] != f"Bearer {KEY}":
            self._say(401, {"detail": "Sign in.", "errors": []})
        elif self.stand_in.failures:
            self._fail(self.stand_in.failures.pop(0))
        else:
            answer = self.stand_in.take(self.path, json.loads(body))
            if self.stand_in.lose_answers:
                self.stand_in.lose_answers -= 1
                self._fail(0)
            else:
                self._say(200, answer)

    def _fail(self, status: int) -> None:
        if status:
            self._say(status, {"detail": "told to fail", "errors": []})
        else:
            self.close_connection = True
            self.connection.close()

    def _say(self, status: int, answer: dict[str, Any]) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A stand-in that listens."""
    stand_in = StandIn()
    handler = type("Handler", (_Handler,), {"stand_in": stand_in})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        stand_in.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stand_in
        finally:
            server.shutdown()
            thread.join()
