"""Server processes: started, stopped, found again."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.child import Child, end_leftover, start_child
from deploy.local.errors import (
    DamagedFolder,
    DiskFullWhileRunning,
    LocalError,
    MissingLibrary,
    PortTaken,
    ServerEnded,
    StartFailed,
    WrongArchitecture,
)
from deploy.local.failure import end_of, failure_of

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""

PARENT = """
import sys
from pathlib import Path
from deploy.local.child import start_child
child = start_child("Server", [sys.argv[1], "-c", sys.argv[2]], Path(sys.argv[3]))
while not child.log.read_bytes():
    pass
print(child.process.pid, flush=True)
input()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log").mkdir()
    return tmp_path


def run(folder: Path, code: str) -> Child:
    return start_child("Server", [sys.executable, "-c", code, str(folder)], folder)


def ended(folder: Path, code: str) -> Child:
    child = run(folder, code)
    child.process.wait(20)
    return child


def until_up(child: Child) -> None:
    while not child.log.read_bytes():
        assert not child.ended


async def test_a_server_ends_at_the_first_request(folder: Path) -> None:
    child = run(folder, "import time; time.sleep(60)")
    assert await child.stop(patience=20)
    assert child.ended
    assert not (folder / "server.pid").exists()


async def test_a_server_that_does_not_end_is_killed(folder: Path) -> None:
    child = run(folder, STUBBORN)
    until_up(child)
    assert not await child.stop(patience=0.05)
    assert child.process.returncode == -signal.SIGKILL


def test_its_log_starts_anew_and_the_former_one_is_kept(folder: Path) -> None:
    ended(folder, "print('first')")
    ended(folder, "print('second')")
    assert (folder / "log" / "server.log").read_text() == "second\n"
    assert (folder / "log" / "server.log.1").read_text() == "first\n"


def test_a_leftover_of_a_killed_start_is_ended(folder: Path) -> None:
    child = run(folder, STUBBORN)
    until_up(child)
    assert end_leftover("Server", folder)
    assert child.process.wait(20) == -signal.SIGKILL
    assert not end_leftover("Server", folder)


def test_a_stranger_with_the_number_of_a_leftover_is_let_alone(folder: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (folder / "server.pid").write_text(str(stranger.pid))
    assert not end_leftover("Server", folder)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_server_ends_with_its_parent(folder: Path) -> None:
    command = [sys.executable, "-c", PARENT, sys.executable, STUBBORN, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as parent:
        assert parent.stdout
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended_within_20_s, _writable, _exceptional = select.select([child], [], [], 20)
    os.close(child)
    assert ended_within_20_s


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (
            "mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file",
            MissingLibrary,
        ),
        ("/x/mongod: Exec format error", WrongArchitecture),
        ("java.io.IOException: No space left on device", DiskFullWhileRunning),
        ("SocketBindException: Socket server failed to bind: Address already in use", PortTaken),
        ("org.apache.kafka.common.errors.CorruptRecordException: Record size is too small", DamagedFolder),
        ('{"s":"E",  "c":"WT",       "msg":"WiredTiger error message"}', DamagedFolder),
        ("something nobody has seen before", StartFailed),
    ],
)
def test_a_failed_start_is_explained_from_the_log(folder: Path, said: str, cause: type[LocalError]) -> None:
    child = ended(folder, f"print({said!r}); raise SystemExit(3)")
    assert type(failure_of(child, folder)) is cause


def test_a_missing_library_names_the_package_to_install(folder: Path) -> None:
    child = ended(folder, "print('error while loading shared libraries: libcurl.so.4: no'); raise SystemExit(127)")
    assert "apt-get install libcurl4" in str(failure_of(child, folder))


def test_a_server_killed_by_somebody_is_said_to_be_killed_whatever_its_log_says(folder: Path) -> None:
    code = "import os; print('No space left on device', flush=True); os.kill(os.getpid(), 9)"
    end = end_of(ended(folder, code), folder)
    assert type(end) is ServerEnded
    assert end.inputs["reason"] == "SIGKILL"


def test_the_reason_quotes_the_last_complaint_of_the_log(folder: Path) -> None:
    code = "print('ERROR cannot go on'); print('\\tat some.Class'); print('bye'); raise SystemExit(1)"
    assert ended(folder, code).reason == "exit code 1: ERROR cannot go on"


def test_a_program_that_is_not_there_is_a_failed_start(folder: Path) -> None:
    child = start_child("Server", [str(folder / "missing")], folder)
    child.process.wait(20)
    assert "No such file" in str(failure_of(child, folder))
