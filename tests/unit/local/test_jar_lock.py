"""The list of pinned Java archives."""

from pathlib import Path

import pytest

from deploy.local.errors import WrongLock
from deploy.local.jars import LOCK_FILE, Jar, read_lock
from shared.web.webjars import VERSIONS

SHA = "0" * 64


def test_lists_each_archive_of_a_group_with_its_checksum(tmp_path: Path) -> None:
    file = tmp_path / "jars.lock"
    file.write_text(f"# a comment\n\n[kafka]\norg.a:b_2.13:1.0 sha256={SHA}\n[web]\norg.c:d.e:2 sha256={SHA}\n")
    assert read_lock(file) == {"kafka": [Jar("org.a:b_2.13:1.0", SHA)], "web": [Jar("org.c:d.e:2", SHA)]}


@pytest.mark.parametrize(
    "line", ["org.a:b:1.0", f"org.a:b sha256={SHA}", "org.a:b:1 sha256=abc", f"a:b:../c sha256={SHA}"]
)
def test_refuses_a_line_that_pins_nothing_and_names_it(tmp_path: Path, line: str) -> None:
    file = tmp_path / "jars.lock"
    file.write_text(f"[kafka]\n{line}\n")
    with pytest.raises(WrongLock, match=r"Line 2 of jars\.lock"):
        read_lock(file)


def test_the_shipped_list_has_kafka_of_one_version_only() -> None:
    versions = {jar.coordinate.split(":")[2] for jar in read_lock()["kafka"] if "org.apache.kafka:" in jar.coordinate}
    assert versions == {"4.3.0"}


def test_the_shipped_list_has_every_library_of_the_pages() -> None:
    pinned = {jar.coordinate for jar in read_lock()["web"]}
    assert pinned == {f"org.webjars.npm:{name}:{version}" for name, version in VERSIONS.items()}


def test_the_shipped_list_names_no_host() -> None:
    assert "//" not in LOCK_FILE.read_text(encoding="utf-8")
