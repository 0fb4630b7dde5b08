"""How well likeness tells what means the same from what does not: over all thresholds, and at the shipped one."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.search.likeness import Reading, likeness, weigh_by


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and whether they mean the same."""

    one: str
    other: str
    same: bool


@dataclass(frozen=True, slots=True)
class LikenessFigures:
    """`auc`: how often a pair of the same meaning is more alike than another pair; the rest at `threshold`.

    `precision` and `recall` are None where there is nothing to count them by.
    """

    pairs: int
    same: int
    auc: float | None
    threshold: float
    precision: float | None
    recall: float | None


def measure(pairs: Sequence[Pair], threshold: float) -> LikenessFigures:
    """Figures of some pairs; how rare a word is, is taken from all texts in them."""
    read = [(Reading(pair.one), Reading(pair.other)) for pair in pairs]
    weigh = weigh_by(text for both in read for text in both)
    scores = [likeness(one, other, weigh) for one, other in read]
    called = [pair.same for pair, score in zip(pairs, scores, strict=True) if score >= threshold]
    same = sum(pair.same for pair in pairs)
    return LikenessFigures(
        pairs=len(pairs),
        same=same,
        auc=area([(score, pair.same) for pair, score in zip(pairs, scores, strict=True)]),
        threshold=threshold,
        precision=sum(called) / len(called) if called else None,
        recall=sum(called) / same if same else None,
    )


def area(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve by ranks (Mann–Whitney U; ties count half); None unless there are both kinds."""
    positive = sum(same for _, same in scored)
    negative = len(scored) - positive
    if not positive or not negative:
        return None
    ordered = sorted(scored, key=lambda each: each[0])
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        ranks += (start + end + 1) / 2 * sum(same for _, same in ordered[start:end])
        start = end
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)
