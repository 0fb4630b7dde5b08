"""`--map field=column` and `--set field=value`: checked against what a complaint has and what the file has."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from deploy.cli.importing.fields import BODY, Field, fields, nearest, place
from deploy.cli.importing.reading import Reader, Unreadable, value_of
from deploy.cli.importing.wrong_use import WrongUse
from shared.language.i18n import _
from shared.runtime.clock import KOREA

SEOUL = "Asia/Seoul"
NO_EQUALS = _("“{said}”: write field=column, such as body=내용.")
NO_FIELD = _("“{name}” is no field of a complaint.{guess}\nFields: {known}")
NO_COLUMN = _("There is no column “{name}” in the file.{guess}\nColumns: {known}")
TWICE = _("“{name}” is given twice.")
NO_BODY = _("Say which column holds what happened: --map body=COLUMN\nColumns: {known}")
GUESS = _(" Did you mean “{name}”?")
NO_ZONE = _("“{name}” is no time zone; it has to look like Asia/Seoul.")


def reader_of(maps: Iterable[str], sets: Iterable[str], columns: Sequence[str], zone: str) -> Reader:
    """How rows become filings. Raises `WrongUse`."""
    own_zone = zone_of(zone)
    mapped = [(field, column_of(column, columns, "--map")) for field, column in _pairs(maps, "--map")]
    fixed: dict[str, Any] = {}
    said = _pairs(sets, "--set")
    for field, word in said:
        try:
            place(fixed, field.steps, value_of(word, field, own_zone))
        except Unreadable as wrong:
            raise WrongUse("--set", wrong.text, **wrong.inputs) from None
    names = [field.path for field, _word in (*mapped, *said)]
    for name in names:
        if names.count(name) > 1:
            raise WrongUse("--map", TWICE, name=name)
    if BODY not in names:
        raise WrongUse("--map", NO_BODY, known=", ".join(columns))
    return Reader([(column, field) for field, column in mapped], fixed, own_zone)


def column_of(name: str, columns: Sequence[str], option: str) -> str:
    """The column of that name. Raises `WrongUse` with the one that was likely meant, and all there are."""
    if name in columns:
        return name
    raise WrongUse(option, NO_COLUMN, name=name, guess=_guess(name, list(columns)), known=", ".join(columns))


def zone_of(name: str) -> tzinfo:
    """The time zone; Korea's needs no data of the machine. Raises `WrongUse`."""
    if name == SEOUL:
        return KOREA
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise WrongUse("--time-zone", NO_ZONE, name=name) from None


def _pairs(said: Iterable[str], option: str) -> list[tuple[Field, str]]:
    pairs = []
    for words in said:
        name, equals, other = (part.strip() for part in words.partition("="))
        if not equals or not name or not other:
            raise WrongUse(option, NO_EQUALS, said=words)
        pairs.append((_field(name, option), other))
    return pairs


def _field(name: str, option: str) -> Field:
    known = fields()
    if name in known:
        return known[name]
    raise WrongUse(option, NO_FIELD, name=name, guess=_guess(name, list(known)), known=", ".join(known))


def _guess(name: str, known: list[str]) -> str:
    found = nearest(name, known)
    return WrongUse.said(GUESS, name=found) if found else ""
