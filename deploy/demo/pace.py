"""How fast the story is told: as one can watch it, faster, or without any pause."""

import asyncio
from dataclasses import dataclass
from typing import Final, Literal

Beat = Literal["complaint", "notice", "alarm", "act", "day"]

SECONDS: Final[dict[Beat, float]] = {"complaint": 0.7, "notice": 0.35, "alarm": 1.4, "act": 1.3, "day": 2.0}
"""How long each kind of line is left to be read, before `speed`."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`speed` 2 is twice as fast; None pauses nowhere."""

    speed: float | None = 1.0

    @property
    def is_hurried(self) -> bool:
        """Whether nobody watches."""
        return self.speed is None

    async def rest(self, beat: Beat) -> None:
        """Leave time to read."""
        if self.speed is not None:
            await asyncio.sleep(SECONDS[beat] / self.speed)
