"""Days and times as people and programs in Korea write them into tables: year first, in whatever signs.

    2019-03-05 · 2019.3.5 · 2019. 3. 5.(화) · 2019/03/05 · 20190305 · 19.03.05 · 2019년 3월 5일 · 5 Mar 2019
    … 14:30 · 14:30:15.5 · 오후 2:30 · 오후 2시 30분 · 2:30 PM · T14:30:00+09:00
    43529.604   (a day number, as spreadsheets keep dates)

What could be meant in two ways, such as 03/05/2019, is not guessed.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

ZERO_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
SERIALS: Final = (20_000, 80_000)
"""Day numbers that are taken as dates: 1954 to 2119. Others are more likely amounts."""
LONGEST: Final = 60
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ZONES: Final = {"z": UTC, "utc": UTC, "gmt": UTC, "kst": timezone(timedelta(hours=9))}
HALVES: Final = r"오전|오후|[ap]\.?m\.?"

_DAY = [
    re.compile(r"'?(?P<y>\d{4})\s*[-./년]\s*(?P<m>\d{1,2})\s*[-./월]\s*(?P<d>\d{1,2})\s*[.일]?"),
    re.compile(r"'?(?P<y>\d{2})\s*[.년]\s*(?P<m>\d{1,2})\s*[.월]\s*(?P<d>\d{1,2})\s*[.일]?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=\D|\d{4}(?:\d{2})?$|$)"),
    re.compile(r"(?P<d>\d{1,2})[ -](?P<name>[a-z]{3})[a-z]{0,6}\.?,?[ -](?P<y>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3})[a-z]{0,6}\.?\s+(?P<d>\d{1,2}),?\s+(?P<y>\d{4})"),
]
_WEEKDAY = re.compile(r"\s*(?:\(\s*[월화수목금토일](?:요일)?\s*\)|[월화수목금토일]요일)")
_TIME = re.compile(
    rf"(?P<before>{HALVES})?\s*(?P<h>\d{{1,2}})(?:\s*[:시]\s*(?P<min>\d{{1,2}})?)?"
    rf"(?:\s*[:분]\s*(?P<s>\d{{1,2}})?(?:[.,](?P<part>\d{{1,9}}))?\s*초?)?\s*(?P<after>{HALVES})?"
)
_COMPACT = re.compile(r"(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?")
_ZONE = re.compile(r"\s*(?:(?P<name>z|utc|gmt|kst)|(?P<sign>[+-])(?P<h>\d{2}):?(?P<min>\d{2}))$")
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,15})?")


def read_day(text: str) -> date | None:
    """The day that a cell names, whatever time stands behind it; None when it names none for certain."""
    found = _read(text)
    return found[0].date() if found else None


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment that a cell names, in `zone` where it names none; a day alone is its first moment."""
    found = _read(text)
    if found is None:
        return None
    moment, own = found
    return moment.replace(tzinfo=own or zone)


def _read(text: str) -> tuple[datetime, tzinfo | None] | None:
    plain = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).casefold().split())
    if not plain or len(plain) > LONGEST:
        return None
    try:
        return _serial(plain) or _written(plain)
    except (ValueError, OverflowError):  # the thirtieth of February, twenty-five o'clock
        return None


def _serial(text: str) -> tuple[datetime, None] | None:
    if not _SERIAL.fullmatch(text) or not SERIALS[0] <= float(text) < SERIALS[1]:
        return None
    return ZERO_DAY + timedelta(seconds=round(float(text) * 86_400)), None


def _written(text: str) -> tuple[datetime, tzinfo | None] | None:
    for pattern in _DAY:
        if found := pattern.match(text):
            day = _day(found)
            rest = _WEEKDAY.sub("", text[found.end() :], count=1)
            zone = _ZONE.search(rest) if rest.strip() else None
            clock = _time(rest[: zone.start()] if zone else rest)
            return (datetime.combine(day, clock), _zone(zone) if zone else None) if clock else None
    return None


def _day(found: re.Match[str]) -> date:
    parts = found.groupdict()
    month = MONTHS.index(parts["name"]) + 1 if parts.get("name") else int(parts["m"])
    year = int(parts["y"]) if len(parts["y"]) == 4 else _century(int(parts["y"]))
    return date(year, month, int(parts["d"]))


def _century(year: int) -> int:
    """Two digits: from 1970 to 2069."""
    return year + (1900 if year >= 70 else 2000)


def _time(rest: str) -> time | None:
    """The time of day behind a date; midnight when nothing stands there, None when it is no time."""
    plain = rest.strip().removeprefix("t").strip(" ,")
    if not plain:
        return time()
    found = _COMPACT.fullmatch(plain) or _TIME.fullmatch(plain)
    if found is None:
        return None
    parts = found.groupdict()
    half = parts.get("before") or parts.get("after")
    if not half and parts["min"] is None and "시" not in plain:
        return None
    part = (parts.get("part") or "").ljust(6, "0")[:6]
    return time(_hour(int(parts["h"]), half), int(parts["min"] or 0), int(parts["s"] or 0), int(part))


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if hour > 12:  # "오후 14:30" is written, and clear
        return hour
    return hour % 12 + (12 if half.startswith(("오후", "p")) else 0)


def _zone(found: re.Match[str]) -> tzinfo:
    if found["name"]:
        return ZONES[found["name"]]
    offset = timedelta(hours=int(found["h"]), minutes=int(found["min"]))
    return timezone(offset if found["sign"] == "+" else -offset)
