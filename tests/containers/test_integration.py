"""The integration suite on Apache Kafka and MongoDB in containers, each service as itself with its own rights."""

import os
import subprocess
import sys

import pytest

from tests.conftest import Servers
from tests.containers.servers import ROOT, in_words

FILES = (
    "test_path.py",
    "test_path_card.py",
    "test_path_calls.py",
    "test_path_dead_letters.py",
    "test_path_people.py",
    "kernel/test_commit_many.py",
    "kernel/test_lease.py",
    "kernel/test_relay.py",
    "kernel/test_schema.py",
    "restore/test_backup.py",
)


@pytest.mark.parametrize("file", FILES)
def test_it_holds_on_servers_that_ask_who_it_is(file: str, servers: Servers) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/integration/{file}"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | in_words(servers), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
