"""How much of a file is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a table may have at most. Sizes in bytes, `cell` in characters (32,767 is what a spreadsheet allows).

    `unpacked` is what all parts of a workbook may hold together once they are unpacked, however small it came.
    """

    bytes: int = 32 * 1024**2
    rows: int = 100_000
    columns: int = 100
    cell: int = 32_767
    unpacked: int = 256 * 1024**2
    parts: int = 500
