"""Deputies who stand in for each other in a circle: then nobody decides."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from services.sharing.domain.person import Span

MOST_STEPS: Final = 500
"""Steps of one search; beyond it there is no circle that anybody made by hand."""


def circle_through(start: str, spans_of: Callable[[str], Sequence[Span]]) -> list[str] | None:
    """The ids of a circle of deputies back to `start` that all stand in on one common day; None when there is none."""
    steps = 0
    ways: list[tuple[str, date, date, tuple[str, ...]]] = [(start, date.min, date.max, (start,))]
    while ways and steps < MOST_STEPS:
        steps += 1
        asked, first, last, way = ways.pop()
        for deputy, begins, ends in spans_of(asked):
            common = max(first, begins), min(last, ends)
            if common[0] > common[1]:
                continue
            if deputy == start:
                return [*way, start]
            if deputy not in way:
                ways.append((deputy, *common, (*way, deputy)))
    return None


def maybe_in_circles(deputies: Mapping[str, Sequence[Span]]) -> set[str]:
    """Those who can be in a circle at all: whoever leads nowhere, or to nobody of these, is left out. Linear."""
    leads_to = {id: {deputy for deputy, _, _ in spans if deputy in deputies} for id, spans in deputies.items()}
    asked_by: dict[str, list[str]] = defaultdict(list)
    for id, others in leads_to.items():
        for other in others:
            asked_by[other].append(id)
    free = [id for id, others in leads_to.items() if not others]
    while free:
        gone = free.pop()
        del leads_to[gone]
        for id in asked_by[gone]:
            if id in leads_to:
                leads_to[id].discard(gone)
                if not leads_to[id]:
                    free.append(id)
    return set(leads_to)
