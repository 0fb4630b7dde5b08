"""What never stands in a file: places of one machine, hosts of a network, work left for later."""

import re

import pytest

from deploy.settings_table import settings_page
from tests.architecture.tree import ROOT, files, python_files, text

HOMES = ("home", "root", "Users", "work", "mnt", "private", "scratch")
PLACE = re.compile(rf"(?<![\w.$}}/-])/(?:{'|'.join(HOMES)})/[\w.-]+|\b[A-Z]:\\\w+")
ADDRESS = re.compile(r"\b(?:10\.\d+|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.\d+\.\d+\b")
INSIDE = re.compile(r"https?://[\w.-]+\.(?:local|lan|corp|internal|intranet|home)\b|https?://[^/\s\"'@]+@")
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|https?://|\bfile:")
WHOLE_ERRORS = re.compile(r"\bexc_info=|\blogger\.exception\(|\btraceback\.(?:print|format)_")
LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b|lorem ipsum", re.IGNORECASE)
STOPS_READING = re.compile(r"\|\s*(?:head\b|grep -\w*[qm])")
MARK = re.compile(r"co-authored-by|(?<!auto)generated (?:by|with) \w", re.IGNORECASE)


def lines(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands."""
    return [
        f"{path}: {found[0]}"
        for path in files()
        for found in pattern.finditer(text(path))
        if not path.is_relative_to("tests/architecture")
    ]


def test_no_place_of_one_machine() -> None:
    assert lines(PLACE) == []


def test_no_host_of_one_network() -> None:
    assert lines(INSIDE) == []
    assert lines(ADDRESS) == []


def test_locks_name_no_host() -> None:
    locks = [path for path in files() if path.parts[0] == "requirements" or path.suffix == ".lock"]
    assert len(locks) > 1
    assert [str(path) for path in locks if INDEX.search(text(path))] == []


def test_no_log_tells_what_an_exception_says() -> None:
    """`kind_and_place` leaves out what it may hold of somebody."""
    assert [line for line in lines(WHOLE_ERRORS) if line.startswith(("shared/", "services/", "deploy/"))] == []


def test_nothing_is_left_for_later() -> None:
    assert [line for line in lines(LATER) if "todo" not in line] == []


def test_no_mark_of_a_tool() -> None:
    assert lines(MARK) == []


def test_no_pipe_to_what_stops_reading() -> None:
    """The program before it then ends by SIGPIPE, now and then, and the script with it."""
    assert lines(STOPS_READING) == []


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        (PLACE, "open('/" + "home/somebody/file')"),
        (INSIDE, "http://index.build" + ".internal/simple"),
        (INSIDE, "https://user:secret" + "@host/"),
        (ADDRESS, "10.0" + ".0.7"),
        (INDEX, "--index-url x"),
        (LATER, "# to" + "do: later"),
        (WHOLE_ERRORS, "logger.error('x', exc_info=error)"),
        (STOPS_READING, "make --version | head -1"),
        (STOPS_READING, "ldconfig -p | grep -Eq curl"),
    ],
)
def test_each_would_be_seen(pattern: re.Pattern[str], seen: str) -> None:
    assert pattern.search(seen)


def test_no_module_is_a_stub() -> None:
    stubs = [
        str(path)
        for path in python_files("services", "shared", "deploy")
        if re.search(r"\bNotImplementedError\b", text(path))
    ]
    assert stubs == []


def test_the_table_of_settings_is_that_of_the_code() -> None:
    kept = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert kept == settings_page(), "python -m deploy.settings_table writes it anew"
