"""What makes a row the same row when its file is run again, under whatever name.

With `--key` it is that column's value, among all rows that were imported by a column of that name. Without, it is
everything that stands in the row, and which of its equals it is in the file. `--source` keeps two systems apart whose
keys overlap.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b, sha256
from typing import Final

LONGEST: Final = 200


class Identity:
    """Names rows, in the order of the file. Of each content it keeps eight bytes, to count its equals."""

    def __init__(self, key: str | None, source: str | None, ignored: frozenset[str] = frozenset()) -> None:
        self._key, self._ignored = key, ignored
        self.source = source or (f"column {key}" if key else "content")
        self._seen: dict[int, int] = {}

    def of(self, cells: Mapping[str, str]) -> str:
        """The name of the next row; "" when its key is empty."""
        return self._own(cells[self._key]) if self._key else self._content(cells)

    def came_before(self, name: str) -> bool:
        """Whether a row that was taken by this name stood before this one in the file; ask once for each."""
        return self._key is not None and self._count(name.encode()) > 1

    def _own(self, cell: str) -> str:
        plain = " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())
        return plain if len(plain) <= LONGEST else sha256(plain.encode()).hexdigest()

    def _content(self, cells: Mapping[str, str]) -> str:
        said = sorted((column, cell) for column, cell in cells.items() if column not in self._ignored and cell)
        content = json.dumps(said, ensure_ascii=False).encode()
        return f"{sha256(content).hexdigest()[:40]}-{self._count(content)}"

    def _count(self, content: bytes) -> int:
        short = int.from_bytes(blake2b(content, digest_size=8).digest())
        self._seen[short] = count = self._seen.get(short, 0) + 1
        return count
