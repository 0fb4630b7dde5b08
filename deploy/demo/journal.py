"""What has been played on a system so far: kept beside it, so that a second start goes on, and doubles nothing."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Self

NAME: Final = "demo.json"


@dataclass
class Journal:
    """One play of the week. `monday` is the first day of the week it tells of.

    `done` holds what came of each scene, `played` are those that were told to their end. A play has a number: its keys
    differ from those of every other play on the same system.
    """

    path: Path
    play: int = 1
    monday: date = date(2000, 1, 3)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    played: list[str] = field(default_factory=list)
    finished: bool = False

    @classmethod
    def open(cls, folder: Path, today: date, *, again: bool = False) -> Self:
        """The play to go on with, or a new one: the first, or one more where `again` is asked for."""
        path = folder / NAME
        kept = _read(path)
        if kept is None:
            return cls(path, monday=_last_whole_week(today))
        if again and kept["finished"]:
            return cls(path, play=kept["play"] + 1, monday=_last_whole_week(today))
        return cls(
            path, kept["play"], date.fromisoformat(kept["monday"]), kept["done"], kept["played"], kept["finished"]
        )

    @property
    def is_again(self) -> bool:
        """Whether the same week was played here before: issues and fixes of then are still known."""
        return self.play > 1

    def key(self, scene: str) -> str:
        """Idempotency key of a scene of this play."""
        return f"demo-{self.play}-{self.monday}-{scene}"

    def note(self, scene: str, came: dict[str, Any]) -> None:
        """A scene was played; `came` is what later scenes need of it."""
        self.done[scene] = came
        self._write()

    def end_scene(self, scene: str) -> None:
        """A scene was told to its end."""
        self.played.append(scene)
        self._write()

    def end(self) -> None:
        """The whole week was played."""
        self.finished = True
        self._write()

    def _write(self) -> None:
        plain = asdict(self) | {"monday": self.monday.isoformat()}
        del plain["path"]
        new = self.path.with_suffix(".new")
        # Readable by its owner only: it holds the secrets with which customers follow their complaints.
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(plain, file, ensure_ascii=False, indent=1)
        new.replace(self.path)


def _read(path: Path) -> dict[str, Any] | None:
    """What was kept; None when there is nothing, or nothing that can be read."""
    try:
        kept = json.loads(path.read_bytes())
        date.fromisoformat(kept["monday"])
        return {name: kept[name] for name in ("play", "monday", "done", "played", "finished")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _last_whole_week(today: date) -> date:
    """The Monday of the last week that is over: what customers tell of must not lie in the future."""
    return today - timedelta(days=today.weekday() + 7)
