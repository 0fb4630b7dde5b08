"""Fetching the pinned archives, against a repository on this machine."""

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from jgo.maven import MavenContext

from deploy.local import jars
from deploy.local.errors import NoNetwork, WrongChecksum
from deploy.local.jars import Jar, fetch
from deploy.local.sentence import Sentence

CONTENT = {name: f"content of {name}".encode() for name in ("alpha", "beta", "gamma")}
PINNED = [Jar(f"org.test:{name}:1.0", hashlib.sha256(content).hexdigest()) for name, content in CONTENT.items()]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[Path]:
    """A Maven repository with the three archives, served on this machine."""
    root = tmp_path / "remote"
    for name, content in CONTENT.items():
        file = in_repository(root, name)
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        (root / "url").write_text(f"http://127.0.0.1:{server.server_port}")
        yield root
        server.shutdown()


@pytest.fixture
def cache(tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of a user whose only repository is `remote`."""
    repositories = {"here": (remote / "url").read_text()}
    context = MavenContext(repo_cache=tmp_path / "cache", remote_repos=repositories)
    monkeypatch.setattr(jars, "user_context", lambda: context)
    return tmp_path / "cache"


def in_repository(root: Path, name: str) -> Path:
    return root / "org" / "test" / name / "1.0" / f"{name}-1.0.jar"


def test_what_is_missing_is_downloaded_in_the_order_of_the_list(cache: Path) -> None:
    assert [path.read_bytes() for path in fetch(PINNED)] == list(CONTENT.values())
    assert [path.name for path in cache.iterdir()] == ["org"]


def test_progress_counts_what_has_arrived(cache: Path) -> None:
    said: list[Sentence] = []
    fetch(PINNED, said.append)
    assert said == ["Downloading Apache Kafka: 3 of 3 files"]
    assert said[0].inputs == {"done": 3, "count": 3}


def test_what_is_cached_is_not_fetched_again(cache: Path, remote: Path) -> None:
    fetch(PINNED)
    in_repository(remote, "beta").unlink()
    said: list[Sentence] = []
    fetch(PINNED, said.append)
    assert said == []


def test_a_download_cut_short_is_fetched_again(cache: Path) -> None:
    fetch(PINNED)
    in_repository(cache, "beta").write_bytes(b"cont")
    assert fetch(PINNED)[1].read_bytes() == CONTENT["beta"]


def test_a_wrong_checksum_names_the_file_and_leaves_none_of_it(cache: Path, remote: Path) -> None:
    in_repository(remote, "beta").write_bytes(b"something else")
    with pytest.raises(WrongChecksum, match=r"beta-1\.0\.jar"):
        fetch(PINNED)
    assert not in_repository(cache, "beta").exists()


def test_a_repository_that_does_not_answer_is_said_to_be_the_network(cache: Path, remote: Path) -> None:
    in_repository(remote, "gamma").unlink()
    with pytest.raises(NoNetwork, match="has to download 3 files"):
        fetch(PINNED)
