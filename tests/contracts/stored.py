"""The stored JSON Schema of every event version; `python -m tests.contracts.stored` writes what may be written."""

import json
import sys
from pathlib import Path
from typing import Any

from shared.contracts.asyncapi import schema_of
from shared.contracts.catalogue import ENTRIES, Entry
from shared.testing.golden import FOLDER, stem
from tests.contracts.compatibility import broken


def path_of(entry: Entry) -> Path:
    """Where the schema of an event version is kept."""
    return FOLDER / f"{stem(entry)}.schema.json"


def stored(entry: Entry) -> dict[str, Any]:
    """The schema as it was when the version was last added to."""
    kept: dict[str, Any] = json.loads(path_of(entry).read_text(encoding="utf-8"))
    return kept


def write_all() -> list[str]:
    """Write down new versions and compatible additions; what is not compatible, and is left as it was."""
    refused: list[str] = []
    for entry in ENTRIES:
        today = schema_of(entry)
        problems = broken(stored(entry), today) if path_of(entry).exists() else []
        refused += [f"{stem(entry)}: {problem}" for problem in problems]
        if not problems:
            text = json.dumps(today, ensure_ascii=False, indent=2)
            path_of(entry).write_text(f"{text}\n", encoding="utf-8")
    return refused


if __name__ == "__main__":
    sys.exit("\n".join(write_all()) or None)
