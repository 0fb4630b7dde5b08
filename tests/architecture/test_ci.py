"""What `.ci/run` finds out about a machine before it decides what can be run there."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import text

BASH = shutil.which("bash") or ""
FUNCTIONS = text(Path(".ci/run")).split("left_out=()\n")[1].split('echo "== versions"')[0]


@pytest.mark.parametrize("program", [None, "chromium", "chromium-browser", "google-chrome"])
def test_a_browser_is_there_when_a_program_is(program: str | None, tmp_path: Path) -> None:
    if program is not None:
        (tmp_path / program).write_text("#!/bin/sh\n")
        (tmp_path / program).chmod(0o755)
    found = subprocess.run([BASH, "-c", f"{FUNCTIONS}\nhas_chromium"], env={"PATH": str(tmp_path)}, check=False)
    assert (found.returncode == 0) == (program is not None)
