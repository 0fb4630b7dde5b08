"""The text a person reads: English message ids in the code, Korean in `locales/ko/*.po`, a file a room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, Protocol, runtime_checkable

from babel.messages.pofile import read_po

Language = Literal["ko", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")

_CATALOGUES = Path(__file__).parent / "locales" / "ko"


def _(message_id: str) -> str:
    """Marks a message id that is translated later, when its reader is known; gives it back as it is."""
    return message_id


@runtime_checkable
class Spoken(Protocol):
    """Something that is called differently in each language: a department's names, another message."""

    def in_(self, language: str) -> str:
        """Its words in one language."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """A message that is translated when its reader is known; it may fill a place of another."""

    message_id: str
    inputs: Mapping[str, object] = field(default_factory=dict)

    def in_(self, language: str) -> str:
        """The message in one language."""
        return translate(self.message_id, language, **self.inputs)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things in a row, each in the reader's language."""

    parts: Sequence[object]
    between: str = ", "

    def in_(self, language: str) -> str:
        """All of them."""
        return self.between.join(str(_spoken(part, language)) for part in self.parts)


def translate(message_id: str, language: str, **inputs: object) -> str:
    """The message in `language` with its `{name}` places filled; a place without an input stays as it is."""
    text = _korean().get(message_id, message_id) if language == "ko" else message_id
    if not inputs:
        return text
    return text.format_map(_Places({name: _spoken(value, language) for name, value in inputs.items()}))


def _spoken(value: object, language: str) -> object:
    if isinstance(value, str | int | float):  # nearly all are; to ask whether something is `Spoken` takes long
        return value
    return value.in_(language) if isinstance(value, Spoken) else value


def pick_language(accept_language: str | None, chosen: str | None, default: str) -> Language:
    """The reader's own choice, else the best of `Accept-Language` (RFC 9110 12.5.4), else `default`."""
    wishes = (chosen, _best_of(accept_language or ""), default)
    return next((language for wish in wishes for language in LANGUAGES if language == wish), "ko")


class _Places(dict[str, object]):
    def __init__(self, inputs: Mapping[str, object]) -> None:
        super().__init__(inputs)

    def __missing__(self, place: str) -> str:
        return f"{{{place}}}"


@lru_cache(maxsize=256)
def _best_of(accept_language: str) -> str | None:
    ranked: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _semicolon, weight = part.strip().partition(";")
        ranked.append((_weight(weight), tag.strip().lower()[:2]))
    ranked.sort(key=lambda each: -each[0])
    return next((tag for weight, tag in ranked if weight > 0 and tag in LANGUAGES), None)


def _weight(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
    except ValueError:
        return 0.0


@lru_cache(maxsize=1)
def _korean() -> dict[str, str]:
    said: dict[str, str] = {}
    for path in sorted(_CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            said |= {
                str(entry.id): str(entry.string) for entry in read_po(file, locale="ko") if entry.id and entry.string
            }
    return said
