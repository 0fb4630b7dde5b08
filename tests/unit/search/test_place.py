"""Temporary indexes: one for each process, and none left of those that were killed."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from shared.search.place import Place


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def killed(place: Place) -> None:
    """What the system does for a process that was killed: its files are closed, and stay."""
    assert place._lock is not None
    os.close(place._lock)


def test_the_index_of_one_who_was_killed_is_removed_by_the_next_one(temporary: Path) -> None:
    first = Place(None, "intake")
    first.take()
    (old,) = temporary.iterdir()
    killed(first)
    second = Place(None, "intake")
    second.take()
    assert not old.exists()
    second.leave()
    assert list(temporary.iterdir()) == []


def test_an_index_in_use_stays(temporary: Path) -> None:
    one, other = Place(None, "intake"), Place(None, "alerts")
    one.take()
    (in_use,) = temporary.iterdir()
    other.take()
    other.leave()
    assert list(temporary.iterdir()) == [in_use]
    one.leave()


def test_a_sweep_between_the_folder_and_its_lock_leaves_no_process_without_one(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, held = Place._hold, list[bool]()

    def hold(place: Place, lock: Path) -> bool:
        taken = real(place, lock)
        if not held:
            shutil.rmtree(lock.parent)
        held.append(taken)
        return taken

    monkeypatch.setattr(Place, "_hold", hold)
    place = Place(None, "intake")
    place.take()
    assert held == [True, True]
    assert len(list(temporary.iterdir())) == 1
    place.leave()


def test_what_is_not_ours_stays(temporary: Path) -> None:
    (temporary / "ccms-search-of-before").mkdir()
    (temporary / "lock").touch()
    place = Place(None, "intake")
    place.take()
    place.leave()
    assert {path.name for path in temporary.iterdir()} == {"ccms-search-of-before", "lock"}
