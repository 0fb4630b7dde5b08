"""What a fault did, in figures; printed at the end of the run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """Seconds: `outage`, the longest time in which nothing that was filed was accepted; `slowest`, the longest wait
    for an answer, and for which; `to_normal`, from the return of what was away until everything was as before; by how
    many times the machine was `crowded` meanwhile; `refused`: answers 503.
    """

    fault: str
    outage: float
    slowest: tuple[float, str]
    refused: int
    to_normal: float
    crowded: float

    def __str__(self) -> str:
        seconds, what = self.slowest
        return (
            f"{self.fault}: nothing accepted for {self.outage:.1f} s, {self.refused} refused, slowest answer "
            f"{seconds:.2f} s ({what}), normal after {self.to_normal:.1f} s (crowded × {self.crowded:.1f})"
        )


@dataclass(frozen=True)
class Pause:
    """Seconds: `longest_wait` of one of the `events` for its effect, `longest_gap` between two effects."""

    fault: str
    events: int
    longest_wait: float
    longest_gap: float

    def __str__(self) -> str:
        return (
            f"{self.fault}: {self.events} events, each with its effect after at most {self.longest_wait:.1f} s, "
            f"longest gap between effects {self.longest_gap:.1f} s"
        )


Said = list[Figures | Pause]
