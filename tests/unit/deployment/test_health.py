"""The image's health check: well only when the process says that it is live and ready."""

from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from deploy import health

Serve = Callable[[Mapping[str, int]], None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """A process that answers its probes with these codes."""
    servers: list[HTTPServer] = []

    def start(codes: Mapping[str, int]) -> None:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(codes[self.path])
                self.end_headers()
                self.wfile.write(b'{"parts": {"alerts: relay": false}}')

            def log_message(self, *_said: object) -> None: ...

        server = HTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        monkeypatch.setattr(health, "PORT", server.server_port)
        Thread(target=server.serve_forever, daemon=True).start()

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def code() -> object:
    with pytest.raises(SystemExit) as ended:
        health.main()
    return ended.value.code


def test_a_process_that_is_live_and_ready_is_well(serve: Serve) -> None:
    serve({"/live": 200, "/ready": 200})
    assert code() == 0


@pytest.mark.parametrize("codes", [{"/live": 503, "/ready": 200}, {"/live": 200, "/ready": 503}])
def test_one_that_is_not_both_says_which_part_is_unwell(
    codes: dict[str, int], serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(codes)
    assert code() == 1
    (unwell,) = [path for path, answer in codes.items() if answer != 200]
    assert capsys.readouterr().out.startswith(f'{unwell} {{"parts": {{"alerts: relay": false')


def test_one_that_does_not_answer_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PORT", 1)
    assert code() == 1
