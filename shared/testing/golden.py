"""The golden examples: one record of every event version, as it stands on its topic."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from shared import contracts
from shared.contracts.catalogue import Entry

FOLDER = Path(contracts.__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Golden:
    """A record's headers and its data as JSON."""

    headers: dict[str, str]
    data: dict[str, Any]

    def body(self) -> bytes:
        """The data as it is sent."""
        return json.dumps(self.data, ensure_ascii=False).encode()

    def raw_headers(self) -> list[tuple[str, bytes]]:
        """The headers as Kafka holds them."""
        return [(name, value.encode()) for name, value in self.headers.items()]


def stem(entry: Entry) -> str:
    """What the files of an event version begin with: `complaint.created.v1`."""
    return f"{entry.type}.v{entry.model.version}"


def golden(entry: Entry) -> Golden:
    """The example of an event version."""
    said = json.loads((FOLDER / f"{stem(entry)}.json").read_text(encoding="utf-8"))
    return Golden(said["headers"], said["data"])


def fresh(entry: Entry, **changes: Any) -> Golden:
    """The example as an event of its own: other ids, so that it meets nothing that other tests left behind."""
    example = golden(entry)
    data = {name: _new_id() if _is_id(name) else value for name, value in example.data.items()}
    return Golden({**example.headers, "ce_id": _new_id()}, data | changes)


def _is_id(name: str) -> bool:
    return name.endswith("_id") or name == "idempotency_key"


def _new_id() -> str:
    return str(uuid4())
