"""The end of a server's log, and the one line of it that a person should see."""

import json
import re
from pathlib import Path
from typing import Final

_TAIL_BYTES: Final = 64_000
_COMPLAINT: Final = re.compile(r'ERROR|FATAL|Exception|Error:|error|"s":"[EF]"')
_LONGEST: Final = 200


def tail(log: Path, lines: int = 60) -> list[str]:
    """Its last lines; none when it cannot be read."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
            return file.read().decode(errors="replace").strip().splitlines()[-lines:]
    except OSError:
        return []


def last_words(log: Path) -> str:
    """The last line that complains, else the last one; empty when there is none."""
    lines = [_message(line) for line in tail(log) if not line.startswith("\tat ")]
    complaints = [line for line in lines if _COMPLAINT.search(line)]
    return (complaints or lines or [""])[-1][:_LONGEST]


def _message(line: str) -> str:
    """The message of mongod's JSON lines, with its severity; other lines as they are."""
    try:
        record = json.loads(line)
        severity = {"E": "ERROR", "F": "FATAL"}.get(record["s"], "")
        return " ".join([severity, *str(record["msg"]).split()]).strip()
    except (ValueError, KeyError, TypeError):
        return line.strip()
