"""Which live documents have a value in a field, without looking at each of them for every question.

Documents are plain objects that handlers change as they like. But a handler can change only what it was handed, and
members run one after the other: so what was handed to the member that runs now is looked at itself, and everything
else stands in an index by value that was right when that member began.
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from shared.db.aggregate import Aggregate

Key = tuple[type[Aggregate], str]
"""Model and id."""


class _ByValue:
    """Ids by the value of one field of one model."""

    def __init__(self) -> None:
        self.ids: dict[Hashable, dict[str, None]] = defaultdict(dict)
        self._values: dict[str, Hashable] = {}

    def put(self, id: str, value: Any) -> None:
        self.drop(id)
        if isinstance(value, Hashable):  # no question asks for a list
            self._values[id] = value
            self.ids[value][id] = None

    def drop(self, id: str) -> None:
        if id in self._values:
            self.ids[self._values.pop(id)].pop(id, None)


class Finder:
    """Follows which documents are live; `places` is the order in which they came."""

    def __init__(self) -> None:
        self._fields: dict[type[Aggregate], dict[str, _ByValue]] = defaultdict(dict)
        self._handed: dict[type[Aggregate], dict[str, Aggregate]] = defaultdict(dict)
        self._live: dict[type[Aggregate], dict[str, Aggregate]] = defaultdict(dict)
        self._places: dict[Key, int] = {}

    def hand(self, aggregate: Aggregate) -> None:
        """The member that runs now has it, and may change it."""
        model, id = type(aggregate), aggregate.id
        self._handed[model][id] = self._live[model][id] = aggregate
        self._places.setdefault((model, id), len(self._places))

    def drop(self, aggregate: Aggregate) -> None:
        """It is live no more."""
        model, id = type(aggregate), aggregate.id
        self._handed[model].pop(id, None)
        self._live[model].pop(id, None)
        for field in self._fields[model].values():
            field.drop(id)

    def begin(self) -> None:
        """Another member runs: what was handed out stays as it is now."""
        for model, handed in self._handed.items():
            for name, field in self._fields[model].items():
                for id, aggregate in handed.items():
                    field.put(id, getattr(aggregate, name))
        self._handed.clear()

    def find(self, model: type[Aggregate], name: str, value: Any) -> list[str]:
        """Ids of the live ones whose field has the value, in the order in which they came."""
        live = self._live[model]
        likely = self._field(model, name).ids.get(value, {}).keys() | self._handed[model].keys()
        found = [id for id in likely if getattr(live[id], name) == value]
        return sorted(found, key=lambda id: self._places[model, id])

    def _field(self, model: type[Aggregate], name: str) -> _ByValue:
        known = self._fields[model]
        if name not in known:
            known[name] = made = _ByValue()
            for id, aggregate in self._live[model].items():
                made.put(id, getattr(aggregate, name))
        return known[name]
