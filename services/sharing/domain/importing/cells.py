"""Cells of a personnel office's file as values: what is empty, what a word means, how a day is written."""

import re
from datetime import date
from typing import Any, Final

from services.sharing.domain.rules import DirectoryRules, bare
from shared.errors import Refused
from shared.language.i18n import _

SEVERAL: Final = re.compile(r"[;,/|·\n]+")
DAY: Final = re.compile(r"([0-9]{4})[-./년\s]+([0-9]{1,2})[-./월\s]+([0-9]{1,2})[일.\s]*")
EIGHT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
KEPT_WHEN_EMPTY: Final = {"employment", "roles", "call_order", "active"}
CLEARED_WHEN_EMPTY: Final = {"deputy", "head", "lead", "assignee", "executive", "successor"}
NEVER_EMPTY: Final = {"id", "code", "name", "name_ko", "department"}
LEAVE: Final = ("leave_start", "leave_end", "leave_deputy")


class EmptyCell(Refused):
    """A cell in which something has to stand."""

    text = _("This cell is empty. Where cells are merged or calculated, write the value itself into each row.")


class NoDay(Refused):
    """A cell that is no day."""

    text = _("This is no day; write it like 2026-12-24.")


class HalfALeave(Refused):
    """A leave with one end only."""

    text = _("A leave needs its first and its last day.")


class NeitherYesNorNo(Refused):
    """A cell that says neither."""

    text = _("Write yes or no here (재직, 퇴직).")


class NoWholeNumber(Refused):
    """A cell that is no number."""

    text = _("This has to be a whole number.")


def values_of(cells: dict[str, str], rules: DirectoryRules) -> tuple[dict[str, Any], list[Refused]]:
    """What a row says by field, and what of it cannot be understood. An empty cell of a name says that it is empty."""
    said: dict[str, Any] = {}
    wrong: list[Refused] = []
    for field, text in cells.items():
        if field in LEAVE or (not text and field in KEPT_WHEN_EMPTY):
            continue
        if not text and field in CLEARED_WHEN_EMPTY:
            said[field] = None
            continue
        value = _value(field, text, rules) if text or field not in NEVER_EMPTY else EmptyCell(field)
        if isinstance(value, Refused):
            wrong.append(value)
        else:
            said[field] = value
    if any(field in cells for field in LEAVE):
        said |= _leaves(cells, wrong)
    return said, wrong


def _value(field: str, text: str, rules: DirectoryRules) -> Any:
    match field:
        case "roles":
            return [rules.role_of(word) for part in SEVERAL.split(text) if (word := part.strip())]
        case "employment":
            return rules.employment_of(text)
        case "call_order":
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NoWholeNumber(field)
        case "active":
            return _yes_or_no(text, rules)
    return text


def _yes_or_no(text: str, rules: DirectoryRules) -> bool | Refused:
    word = bare(text)
    if word in map(bare, rules.yes):
        return True
    return False if word in map(bare, rules.no) else NeitherYesNorNo("active")


def _leaves(cells: dict[str, str], wrong: list[Refused]) -> dict[str, Any]:
    start, end, deputy = (cells.get(field, "") for field in LEAVE)
    if not start and not end:
        return {"leaves": []}
    if not start or not end:
        wrong.append(HalfALeave("leave_end" if start else "leave_start"))
        return {}
    days = [day_of(text) for text in (start, end)]
    wrong += [NoDay(field) for field, day in zip(LEAVE[:2], days, strict=True) if day is None]
    return {"leaves": [{"start": days[0], "end": days[1], "deputy": deputy or None}]} if all(days) else {}


def day_of(text: str) -> date | None:
    """A day as people write it: 2026-12-24, 2026.12.24., 20261224, 2026년 12월 24일; None for anything else."""
    found = DAY.fullmatch(text.strip()) or EIGHT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
