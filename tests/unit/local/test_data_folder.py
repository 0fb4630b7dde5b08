"""Who may use a data folder."""

import json
import os
from pathlib import Path

import pytest

from deploy.local import folder as folder_module
from deploy.local.errors import DamagedFolder, DiskFull, FolderInUse, FolderRefused, NewerData
from deploy.local.folder import DataFolder, is_held


async def test_a_folder_in_use_is_refused_with_its_holder_by_name(tmp_path: Path) -> None:
    first = DataFolder(tmp_path)
    await first.take()
    (tmp_path / "run.json").write_text(json.dumps({"url": "http://127.0.0.1:8000"}))
    with pytest.raises(FolderInUse) as refused:
        await DataFolder(tmp_path).take(patience=0)
    assert refused.value.inputs == {"folder": tmp_path, "pid": os.getpid(), "url": "http://127.0.0.1:8000"}
    first.release()


async def test_a_folder_let_go_can_be_taken_again(tmp_path: Path) -> None:
    first = DataFolder(tmp_path)
    await first.take()
    assert is_held(tmp_path)
    first.release()
    assert not is_held(tmp_path)
    await DataFolder(tmp_path).take(patience=0)


async def test_a_new_folder_counts_as_left_in_order(tmp_path: Path) -> None:
    new = DataFolder(tmp_path / "a" / "b")
    await new.take()
    assert new.clean_before


async def test_a_start_that_never_stopped_counts_as_unclean(tmp_path: Path) -> None:
    (tmp_path / "kafka").mkdir()
    killed = DataFolder(tmp_path)
    await killed.take()
    killed.mark(clean=False)
    killed.release()
    next_start = DataFolder(tmp_path)
    await next_start.take()
    assert not next_start.clean_before


async def test_an_orderly_stop_counts_as_clean(tmp_path: Path) -> None:
    (tmp_path / "mongo").mkdir()
    stopped = DataFolder(tmp_path)
    await stopped.take()
    stopped.mark(clean=True)
    stopped.release()
    next_start = DataFolder(tmp_path)
    await next_start.take()
    assert next_start.clean_before


async def test_data_of_a_newer_version_is_refused_and_the_folder_is_free_again(tmp_path: Path) -> None:
    (tmp_path / "version.json").write_text('{"format": 99}')
    with pytest.raises(NewerData, match="format 99"):
        await DataFolder(tmp_path).take()
    assert not is_held(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": "x"}', "\0"])
async def test_a_version_that_cannot_be_read_is_damage(tmp_path: Path, content: str) -> None:
    (tmp_path / "version.json").write_text(content)
    with pytest.raises(DamagedFolder, match=r"version\.json"):
        await DataFolder(tmp_path).take()


async def test_a_full_disk_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "free_mb", lambda _path: 12)
    with pytest.raises(DiskFull, match="Only 12 MB"):
        await DataFolder(tmp_path).take()


async def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(FolderRefused):
        await DataFolder(tmp_path / "data").take()
