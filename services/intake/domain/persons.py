"""The people in a filing: who complains, who does it for them, and what they agreed to. Sealed at once."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, StringConstraints

from shared.language.i18n import _
from shared.language.text import fold
from shared.web.field_errors import wrong
from shared.web.shapes import In, Line

EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
D = TypeVar("D", bound=date)
LAST_YEAR: Final = 2100
_OUTSIDE: Final = _("This day lies outside the years {first} to {last}; give the right one.")
_TOO_EARLY: Final = _("This time lies before {year}; give the time at which it happened.")
_BLANK: Final = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters that show nothing: Hangul fillers and the blank of braille."""
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ().-]{5,30}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def shows_something(text: str) -> bool:
    """Whether a person sees anything in it: not only blanks, invisible signs and fillers."""
    return bool(_BLANK.sub("", fold(text).text).strip())


def visible(text: str) -> str:
    """The text itself; refuses one in which a person sees nothing."""
    if not shows_something(text):
        raise wrong(_("There is nothing to read in this; leave it out or fill it in."))
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise wrong(_("This is no telephone number; write it like 010-1234-5678."))
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text) or len(text) > 254:
        raise wrong(_("This is no e-mail address; write it like name@example.com."))
    return text


def _no_earlier(moment: datetime) -> datetime:
    if moment < EARLIEST:
        raise wrong(_TOO_EARLY, year=EARLIEST.year)
    return moment


def within_reach(day: D) -> D:
    """The day or moment itself; refuses one for which nobody can have a use."""
    if not EARLIEST.year <= day.year <= LAST_YEAR:
        raise wrong(_OUTSIDE, first=EARLIEST.year, last=LAST_YEAR)
    return day


Day = Annotated[date, AfterValidator(within_reach)]
Moment = Annotated[AwareDatetime, AfterValidator(_no_earlier)]
Name = Annotated[Line, AfterValidator(visible)]
"""Something with a name that a person can see."""
Phone = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_phone)]
Email = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_email)]
Relation = Literal["family", "guardian", "lawyer", "organisation", "other"]
"""가족 · 법정대리인 · 변호사 · 단체 · 그 밖."""


class ContactIn(In):
    """How to reach the one who complains. Sealed at once; in no event, log or list."""

    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None


class Representative(In):
    """Who files in the name of the one who complains (대리인); sealed, but for the relation."""

    relation: Relation = "other"
    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None


class Consent(In):
    """What the person agreed to, when, and to which text (개인정보 보호법 15, 23: health data separately).

    `at` is the time of filing unless it is stated.
    """

    processing: bool = False
    health: bool = False
    text_version: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,40}$")] | None = None
    at: Moment | None = None
