"""A small line of counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trend:
    """Counts of the last seven days, oldest first, and how many there were in the seven before. `points` for SVG."""

    counts: list[int]
    before: int
    points: str

    @property
    def total(self) -> int:
        """How many there were in the last seven days."""
        return sum(self.counts)

    @property
    def last(self) -> tuple[str, str]:
        """Where the line ends: x and y."""
        x, _comma, y = self.points.rpartition(" ")[2].partition(",")
        return x, y
