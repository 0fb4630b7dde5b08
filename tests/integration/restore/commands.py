"""The operator's commands, each in a process of its own."""

import asyncio
import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.integration.preloaded import Preloaded

KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def figures(self) -> dict[str, Any]:
        """Its figures, asked for with --json."""
        return dict(json.loads(self.out))


async def ccms(*arguments: str, environment: dict[str, str]) -> Said:
    """Run a command in a process of its own."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = Preloaded(arguments, environment, out, err)
        try:
            code = await asyncio.wait_for(asyncio.to_thread(process.wait), 120)
        finally:
            process.kill()
        return Said(code or 0, *(file.read_text() if file.exists() else "" for file in (out, err)))


def plain() -> dict[str, str]:
    """The environment without any setting, in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CCMS_")}
    return kept | {"CCMS_LANGUAGE": "en"}
