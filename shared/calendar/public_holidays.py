"""Public holidays, substitute holidays (대체공휴일) and election days included, by the library `holidays`."""

from datetime import date
from functools import cache
from typing import Final, Literal

from holidays import country_holidays

from shared.errors import Refused
from shared.language.i18n import _
from shared.rules import Names

Country = Literal["KR"]
"""Countries by which business days are counted (`CCMS_CALENDAR`)."""
FIRST_YEAR: Final = 1989
"""Since when Korea has kept its clocks at UTC+9 all year and 설날 as three days."""
LAST_YEAR: Final = country_holidays("KR").end_year
"""How far the library's tables of the lunar calendar reach."""


class BeyondCalendar(Refused):
    """A day for which nobody knows the holidays."""

    text = _("The calendar of holidays covers the years {first} to {last}; this reaches into {year}.")


@cache
def holidays_of(year: int, country: Country) -> dict[date, Names]:
    """The public holidays of a year with their names. Raises `BeyondCalendar`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BeyondCalendar(first=FIRST_YEAR, last=LAST_YEAR, year=year)
    korean = country_holidays(country, years=year, language="ko")
    english = country_holidays(country, years=year, language="en_US")
    return {day: Names(ko=korean[day], en=english[day]) for day in korean}
