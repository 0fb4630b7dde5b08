"""The command line as a whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from deploy.cli import COMMANDS, group


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCMS_LANGUAGE", "en")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example(name: str) -> None:
    result = CliRunner().invoke(group, [name, "--help"])
    assert result.exit_code == 0
    assert f"Example: ccms {name}" in result.stdout


def test_each_reader_has_the_help_in_a_language_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for language in ("en", "ko", "en"):
        monkeypatch.setenv("CCMS_LANGUAGE", language)
        said.append(CliRunner().invoke(group, ["import", "--help"]).stdout)
    assert said[0] == said[2] != said[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_listed_and_loads(name: str) -> None:
    context = Context(group)
    assert name in group.list_commands(context)
    assert group.get_command(context, name) is not None


def test_documents_that_cannot_be_written_are_said_to_be_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["docs", str(tmp_path / ("x" * 300))])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "cannot be written (File name too long)" in result.stderr


def test_an_unknown_command_is_wrong_use() -> None:
    result = CliRunner().invoke(group, ["nonsense"])
    assert result.exit_code == 2
    assert "No such command" in result.stderr


def test_a_command_is_loaded_only_when_it_is_used() -> None:
    late = ("deploy.cli.doctor", "jgo", "motor")
    code = f"import deploy.cli, sys; sys.exit(any(m in sys.modules for m in {late}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
