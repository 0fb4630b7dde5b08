"""The queue as it is shown: complaints as rows, facets as choices that lead somewhere."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import NEVER
from services.intake.domain.rows import Counts
from services.intake.domain.selection import ME, MINE, NOBODY, Facet, Selection
from services.intake.presenting import signs
from services.intake.presenting.looking import Looking
from services.intake.views.queue import Chip, Choice, FacetValue, FacetView, QueueRow
from shared.web.words import SEVERITIES

PATH: Final = "/intake/complaints"
FIXED: Final[Mapping[Facet, Collection[str]]] = {
    "due": signs.DUES, "state": signs.STATES, "cause": signs.CAUSES, "severity": SEVERITIES, "kind": signs.KINDS,
}  # fmt: skip
"""Facets whose values stand in an order of their own."""
OPEN_AT_FIRST: Final = frozenset({"due", "state", "cause", "severity", "owes"})
SHOWN: Final = 12


class QueuePresenter:
    """Draws the queue for one reader; `here` is the card that is open, by id."""

    def __init__(self, looking: Looking, selection: Selection, here: str | None = None) -> None:
        self._looking, self._selection, self._here = looking, selection, here
        self._words: dict[Facet, Callable[[str], str]] = {
            "due": lambda value: self._say(signs.DUES, value),
            "state": lambda value: self._sign(signs.STATES, value),
            "cause": lambda value: self._sign(signs.CAUSES, value),
            "severity": lambda value: self._sign(SEVERITIES, value),
            "owes": self._department,
            "department": self._department,
            "assignee": self._person,
            "category": looking.category,
            "channel": lambda value: self._say(signs.CHANNELS, value),
            "issue": lambda value: self._say(signs.WITH_ISSUE, value),
            "kind": lambda value: self._say(signs.KINDS, value),
        }

    def row(self, complaint: Complaint) -> QueueRow:
        """One complaint in the list, as the reader sees it."""
        looking, eyes = self._looking, self._looking.eyes(complaint)
        readable = eyes.sight.content == "all"
        due = complaint.due_at if complaint.due_at and complaint.due_at < NEVER else None
        return QueueRow(
            id=complaint.id,
            number=complaint.number,
            title=eyes.title(complaint, complaint.title),
            product=(complaint.product_name or complaint.product_code or "") if readable else "",
            category=looking.category(complaint.category),
            severity=SEVERITIES[complaint.severity],
            state=signs.STATES[complaint.state],
            cause=signs.CAUSES[complaint.cause_state] if complaint.has_card else None,
            owes=looking.departments(complaint.waits_for),
            people=[looking.person(id) for id in complaint.people],
            filed_at=complaint.filed_at,
            due_at=due,
            is_paused=complaint.pause is not None,
            version=complaint.version,
            href=self.href(self._selection, card=complaint.number),
            part=f"{PATH}/{complaint.number}/part",
            is_here=complaint.id == self._here,
        )

    def facets(self, counts: Counts) -> list[FacetView]:
        """All facets that have a value to choose."""
        return [
            FacetView(facet, self._looking.say(word), values, facet in OPEN_AT_FIRST or facet in self._selection.chosen)
            for facet, word in signs.FACETS.items()
            if (values := self._values(facet, counts.get(facet, {})))
        ]

    def _values(self, facet: Facet, counted: Mapping[str, int]) -> list[FacetValue]:
        chosen, counted = self._selection.values(facet), self._own_first(facet, counted)
        known = {value: n for value, n in counted.items() if facet != "issue" or value in {*signs.WITH_ISSUE, *chosen}}
        order = list(FIXED.get(facet, ()))
        values = sorted(known, key=lambda v: (order.index(v) if v in order else 0, *_rank(v, chosen, known)))
        return [
            FacetValue(
                self.word(facet, value),
                counted[value],
                self.href(self._selection.turned(facet, value)),
                value in chosen,
            )
            for value in values[: max(SHOWN, len(chosen))]
        ]

    def _own_first(self, facet: Facet, counted: Mapping[str, int]) -> dict[str, int]:
        """With “me” and “mine” in the place of the reader's own id and department."""
        viewer = self._looking.viewer
        own = {"assignee": (viewer.id, ME), "owes": (viewer.department, MINE), "department": (viewer.department, MINE)}
        id, word = own.get(facet, ("", ""))
        return {word if value == id else value: count for value, count in counted.items()}

    def chips(self) -> list[Chip]:
        """What is chosen, each with the way to take it back."""
        selection = self._selection
        return [
            Chip(
                self._looking.say(signs.FACETS[facet]),
                self.word(facet, value),
                self.href(selection.turned(facet, value)),
            )
            for facet, values in selection.chosen.items()
            for value in values
        ]

    def orders(self) -> list[Choice]:
        """The orders to choose from."""
        return [
            Choice(
                self._looking.say(word), self.href(self._selection.with_(order=order)), order == self._selection.order
            )
            for order, word in signs.ORDERS.items()
        ]

    def whiches(self) -> list[Choice]:
        """Open, closed, or all."""
        return [
            Choice(
                self._looking.say(word), self.href(self._selection.with_(which=which)), which == self._selection.which
            )
            for which, word in signs.WHICHES.items()
        ]

    def word(self, facet: Facet, value: str) -> str:
        """What people call a value."""
        return self._words.get(facet, str)(value)

    def href(self, selection: Selection, **more: str | None) -> str:
        """The address of the queue with a selection."""
        parts = [selection.address, urlencode({name: value for name, value in more.items() if value})]
        query = "&".join(part for part in parts if part)
        return f"{PATH}?{query}" if query else PATH

    def _department(self, value: str) -> str:
        return self._looking.say(signs.MINE) if value == MINE else self._looking.department(value)

    def _person(self, value: str) -> str:
        named = {ME: signs.ME, NOBODY: signs.NOBODY}
        return self._looking.say(named[value]) if value in named else self._looking.person(value)

    def _say(self, words: Mapping[str, str], value: str) -> str:
        return self._looking.say(words[value]) if value in words else value

    def _sign(self, found: Mapping[str, Sequence[str]], value: str) -> str:
        return self._looking.say(found[value][0]) if value in found else value


def _rank(value: str, chosen: Collection[str], counted: Mapping[str, int]) -> tuple[bool, bool, int, str]:
    """What is the reader's own first, then what is chosen, then what stands for most."""
    return value not in (ME, MINE), value not in chosen, -counted[value], value
