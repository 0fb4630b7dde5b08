"""What the command line asks for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of `ccms import`."""

    file: Path
    maps: tuple[str, ...]
    sets: tuple[str, ...]
    key: str | None
    source: str | None
    history: bool
    dry_run: bool
    time_zone: str
    rejected: Path | None
    url: str | None
    api_key: str | None
    data: Path
    patience: float
    as_json: bool
