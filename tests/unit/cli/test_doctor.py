"""`ccms doctor` says what is missing and how to get it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deploy.cli import group
from deploy.local import doctor
from deploy.local.errors import MissingMongod


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCMS_LANGUAGE", "en")


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["doctor", *arguments])


def checks(result: Result) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in json.loads(result.stdout)}


@pytest.mark.usefixtures("english")
def test_each_check_says_what_it_found(tmp_path: Path) -> None:
    found = checks(ask("--json", "--data", str(tmp_path)))
    assert str(found["java"]["found"]).startswith("openjdk version")
    assert "version" in str(found["mongod"]["found"])
    assert found["holder"] == {"name": "holder", "ok": True, "found": "free", "todo": ""}


@pytest.mark.usefixtures("english")
def test_a_missing_server_fails_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Path:
        raise MissingMongod()

    monkeypatch.setattr(doctor, "mongod_binary", nothing)
    result = ask("--data", str(tmp_path))
    assert result.exit_code == 1
    assert "install MongoDB 6.0 or newer" in result.stdout


@pytest.mark.usefixtures("english")
def test_a_program_that_does_not_run_here_fails_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "mongod"
    broken.write_text(
        "#!/bin/sh\necho 'error while loading shared libraries: libssl.so.3: cannot open' >&2\nexit 127\n"
    )
    broken.chmod(0o755)
    monkeypatch.setattr(doctor, "mongod_binary", lambda: broken)
    found = checks(ask("--json", "--data", str(tmp_path)))
    assert "apt-get install libssl3" in str(found["mongod"]["todo"])


@pytest.mark.usefixtures("english")
def test_a_folder_of_a_newer_version_fails(tmp_path: Path) -> None:
    (tmp_path / "version.json").write_text('{"format": 99}')
    result = ask("--json", "--data", str(tmp_path))
    assert not checks(result)["folder"]["ok"]
    assert result.exit_code == 1


@pytest.mark.usefixtures("english")
def test_looking_makes_nothing(tmp_path: Path) -> None:
    ask("--data", str(tmp_path / "new"))
    assert list(tmp_path.iterdir()) == []
