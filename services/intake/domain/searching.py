"""What of a complaint is searched, what it is called by, and by which fields lists are filtered. Masked text only."""

import re
from typing import Any, Final

from services.intake.domain.complaint import Complaint
from shared.db.aggregate import Document
from shared.search.grams import EDGE
from shared.search.index import Entry, mark, order_of
from shared.search.question import Question

KIND: Final = "complaint"
FILTERS: Final = (
    "category", "severity", "state", "cause_state", "kind", "channel", "language", "product_code", "lot", "issue_id",
    "open", "owner", "waits_for", "people",
)  # fmt: skip
"""Fields that a search can be narrowed by; of a list any one of its values counts."""
SERIAL_DIGITS: Final = 6
_NUMBER: Final = re.compile(r"\s*[Cc][\s-]?(\d{4})[\s-]?(\d{1,9})\s*")


def entry_of(row: Document) -> Entry:
    """A complaint as it was stored, as it is found."""
    id = row["_id"]
    return Entry(
        KIND, id, row["version"], order_of(row["filed_at"], id), _texts(row), names_of(row["number"]), _marks(row)
    )


def texts_of(complaint: Complaint) -> list[str]:
    """The texts of a complaint that are searched, as somebody sees them."""
    return _texts(complaint.model_dump(include=set(_TEXTS)))


_TEXTS: Final = ("title", "body", "product_name", "product_said", "product_code", "lot", "place", "number")
FIELDS: Final = ("version", "filed_at", *dict.fromkeys((*_TEXTS, *FILTERS)))
"""All that is read of a complaint, which is a tenth of it."""


def _texts(row: Document) -> list[str]:
    return [text for name in _TEXTS if (text := row.get(name))]


def _marks(row: Document) -> list[str]:
    return [mark(name, _plain(value)) for name in FILTERS for value in _values(row.get(name)) if value is not None]


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def names_of(number: str) -> list[str]:
    """What people call C-2026-000123: that, 2026-000123, 000123, 123."""
    series, year, serial = number.split("-")
    short = serial.lstrip("0") or "0"
    whole = [series.casefold(), year, serial]
    return list(dict.fromkeys([EDGE.join(whole), "".join(whole), EDGE.join(whole[1:]), serial, short]))


def number_in(typed: str) -> str | None:
    """The number that was typed, written as numbers are (`c-2026-123` is C-2026-000123); None when it is none."""
    found = _NUMBER.fullmatch(typed)
    return f"C-{found[1]}-{int(found[2]):0{SERIAL_DIGITS}d}" if found else None


def name_in(typed: str, question: Question) -> str:
    """What a complaint may be called by in a question of one term, "" when it can be no number."""
    if number := number_in(typed):
        return names_of(number)[0]
    if len(question.wanted) != 1 or question.unwanted or question.wanted[0].quoted:
        return ""
    text = question.wanted[0].text
    return text if text.replace(EDGE, "").isdecimal() else ""
