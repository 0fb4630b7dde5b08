"""Whether what was looked at grew: the last fifth of the time beside the second one, when all is warm."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Final

from tests.chaos.soak.watching import Sample

FEWEST: Final = 10
MORE_MEMORY, AT_LEAST_MB = 1.05, 10.0
"""Memory may be this many times, or this many MB, what it was."""
MORE_WAITING, AT_LEAST_WAITING = 2.0, 200.0
OLDEST: Final = 10.0
"""Seconds for which an event may wait to be sent, most of the time."""
BOUNDED: Final = {"Kafka": 400.0, "MongoDB": 1000.0}
"""MB up to which these may grow: their settings give them a heap or a cache, which they fill before they clean up."""
KEPT: Final = {"intake": 100e-6}
"""MB that stay for each complaint: the queue knows a million of them (ADR 0016), about 72 bytes each."""
BETWEEN: Final = 0.6
"""The part of the time that lies between early and late."""

Measure = Callable[[Sample], float]


def growing(samples: Sequence[Sample], filed: int = 0) -> list[str]:
    """Everything that grew while so many complaints were filed, in words; empty when nothing did."""
    if len(samples) < FEWEST:
        return [f"{len(samples)} samples are too few to say anything, {FEWEST} are needed"]
    memory = [name for name in samples[0].memory if name not in BOUNDED]
    found = [_beyond(samples, name, most) for name, most in BOUNDED.items() if name in samples[0].memory]
    found += [
        _grown(samples, f"memory of {n}, MB", _memory(n), MORE_MEMORY, AT_LEAST_MB, BETWEEN * filed * _kept(n))
        for n in memory
    ]
    found += [
        _grown(samples, f"waiting for {n}", _waiting(n), MORE_WAITING, AT_LEAST_WAITING) for n in samples[0].waiting
    ]
    usual = median(sample.oldest for sample in samples)
    late = f"the oldest event usually waits {usual:.1f} s to be sent" if usual > OLDEST else ""
    return [what for what in (*found, late) if what]


def table(samples: Sequence[Sample]) -> str:
    """A line for each process and queue: early, late, most."""
    names: list[tuple[str, Measure]] = [(f"memory of {name}, MB", _memory(name)) for name in samples[0].memory]
    names += [(f"waiting for {name}", _waiting(name)) for name in samples[0].waiting]
    names.append(("oldest event to be sent, s", lambda sample: sample.oldest))
    lines = [f"{'':44} {'early':>8} {'late':>8} {'most':>8}"]
    for name, measure in names:
        early, late = _early(samples, measure), _late(samples, measure)
        lines.append(f"{name:44} {early:8.1f} {late:8.1f} {max(map(measure, samples)):8.1f}")
    return "\n".join(lines)


def _beyond(samples: Sequence[Sample], name: str, most: float) -> str:
    late = _late(samples, _memory(name))
    return f"memory of {name}, MB: {late:.1f}, and {most:.0f} is what its settings allow" if late > most else ""


def _grown(
    samples: Sequence[Sample], what: str, measure: Measure, times: float, least: float, kept: float = 0.0
) -> str:
    early, late = _early(samples, measure), _late(samples, measure)
    return f"{what}: {early:.1f} early, {late:.1f} late" if late - kept > max(early * times, early + least) else ""


def _kept(process: str) -> float:
    """MB for each complaint; a process is called by its service, then its roles."""
    return KEPT.get(process.split(" ", 1)[0], 0.0)


def _early(samples: Sequence[Sample], measure: Measure) -> float:
    fifth = len(samples) // 5
    return _middle(samples[fifth : 2 * fifth], measure)


def _late(samples: Sequence[Sample], measure: Measure) -> float:
    return _middle(samples[-(len(samples) // 5) :], measure)


def _middle(samples: Iterable[Sample], measure: Measure) -> float:
    return median(map(measure, samples))


def _memory(name: str) -> Measure:
    return lambda sample: sample.memory[name]


def _waiting(name: str) -> Measure:
    return lambda sample: sample.waiting.get(name, 0)
