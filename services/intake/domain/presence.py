"""Who has a card open: said again every few seconds, forgotten soon after; kept in memory, for a warning only."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

STAYS: Final = timedelta(seconds=30)
Doing = Literal["reading", "editing"]


@dataclass(frozen=True, slots=True)
class Present:
    """One person at one card."""

    person: str
    doing: Doing
    at: datetime


class Presence:
    """Who is at which card now."""

    def __init__(self) -> None:
        self._there: dict[str, dict[str, Present]] = defaultdict(dict)

    def enter(self, card: str, person: str, doing: Doing, now: datetime) -> None:
        """Somebody is at a card, from now on for 30 seconds."""
        self._sweep(now)
        self._there[card][person] = Present(person, doing, now)

    def leave(self, card: str, person: str) -> None:
        """Somebody has left a card."""
        self._there.get(card, {}).pop(person, None)

    def others(self, card: str, person: str, now: datetime) -> list[Present]:
        """Everybody else who is at a card, those who write first."""
        there = [one for one in self._there.get(card, {}).values() if one.person != person and _lasts(one, now)]
        return sorted(there, key=lambda one: (one.doing != "editing", one.person))

    def _sweep(self, now: datetime) -> None:
        for card, people in list(self._there.items()):
            lasting = {person: one for person, one in people.items() if _lasts(one, now)}
            if lasting:
                self._there[card] = lasting
            else:
                del self._there[card]


def _lasts(one: Present, now: datetime) -> bool:
    return now - one.at < STAYS
