"""Which texts the hazard rules take, by which words, and how that fits what people said of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.language.hazards import HazardRules, Hazards


@dataclass(frozen=True, slots=True)
class Judged:
    """One text: the number of its row, what people said of it ("" for nothing), and what the rules find in it."""

    row: int
    label: str
    hazards: Hazards

    @property
    def taken(self) -> bool:
        """Whether the rules take it."""
        return bool(self.hazards.found)


@dataclass(frozen=True, slots=True)
class HazardFigures:
    """`labels` are (texts, taken) by label. Of texts that are labelled as hazardous, `recall` is the share taken;
    of those taken, `precision` the share labelled so. None where there is nothing to count them by."""

    texts: int
    taken: int
    kinds: dict[str, int]
    labels: dict[str, tuple[int, int]]
    precision: float | None
    recall: float | None


def judge(texts: Iterable[tuple[int, str, str]], rules: HazardRules) -> Iterator[Judged]:
    """Weigh texts that come with the number of their row and their label."""
    for row, text, label in texts:
        yield Judged(row, label, rules.weigh(text))


def measure(judged: Iterable[Judged], hazardous: str | None) -> HazardFigures:
    """Figures of some texts; `hazardous` is the label of those that tell of a hazard, None without labels."""
    every, taken, kinds = Counter[str](), Counter[str](), Counter[str]()
    for each in judged:
        every[each.label] += 1
        taken[each.label] += each.taken
        kinds.update(each.hazards.kinds)
    right, whole = (taken[hazardous], taken.total()) if hazardous is not None else (0, 0)
    return HazardFigures(
        texts=every.total(),
        taken=taken.total(),
        kinds=dict(kinds.most_common()),
        labels={label: (count, taken[label]) for label, count in every.most_common() if hazardous is not None},
        precision=right / whole if whole else None,
        recall=right / every[hazardous] if hazardous is not None and every[hazardous] else None,
    )
