"""What the answers have told so far, by name: ids, codes and numbers that later requests can use."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MOST: Final = 60
"""Values that are kept of a name; newer ones take the places of older ones."""
LONGEST: Final = 300


@dataclass(frozen=True)
class Known:
    """A value that some answer gave under this name; which one is settled when the request is sent.

    What is drawn can so be drawn again from its seed, though ids are new in every run.
    """

    name: str
    index: int


@dataclass(frozen=True)
class Forged:
    """A cursor that was made up, with the checksum of the list it is sent to."""

    key: Any
    id: Any


@dataclass
class Seen:
    """`untouchable` are never offered: who asks must not put themselves out."""

    untouchable: frozenset[str] = frozenset()
    _values: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    _cookies: dict[str, str] = field(default_factory=dict)
    _heard: int = 0

    def hear(self, name: str, value: Any) -> None:
        """Keep a value under a name."""
        kept = self._values[name]
        if value in self.untouchable or value in kept or (isinstance(value, str) and len(value) > LONGEST):
            return
        self._heard += 1
        if len(kept) < MOST:
            kept.append(value)
        else:
            kept[self._heard % MOST] = value

    def learn(self, said: Any, what: str = "") -> None:
        """Keep everything in a JSON value; an `id`, a `number` and a `code` also under the name of `what` they are."""
        for name, value in _pairs(said):
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                self.hear("after" if name == "next" else name, value)
                if what and name in ("id", "number", "code", "key"):
                    self.hear(what, value)

    def keep_cookie(self, cookie: str) -> None:
        """Keep a cookie as `name=value`, instead of an older one of its name; never a session's or a language."""
        name, _equals, value = cookie.strip().partition("=")
        if name and value and name != "lang" and "session" not in name:
            self._cookies[name] = value

    def cookies(self) -> str:
        """What a browser that was given all of them would send."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def one(self, known: Known) -> Any:
        """The value that is meant now; a name that nobody has heard of stands for itself."""
        values = self._values.get(known.name)
        return values[known.index % len(values)] if values else f"no-{known.name}"

    def settle(self, value: Any) -> Any:
        """The value with every `Known` in it replaced."""
        if isinstance(value, Known):
            return self.one(value)
        if isinstance(value, Mapping):
            return {name: self.settle(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.settle(inner) for inner in value]
        return value


def _pairs(said: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(said, Mapping):
        for name, value in said.items():
            yield from ((name, one) for one in (value if isinstance(value, list) else [value]))
            yield from _pairs(value)
    elif isinstance(said, list):
        for one in said:
            yield from _pairs(one)
