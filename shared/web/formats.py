"""Moments, spans and numbers as a reader of one language writes them, in Korea's time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Final

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from shared.language.i18n import Language, _, translate
from shared.runtime.clock import KOREA

_DAYS: Final = _("{days} d {clock}")


def formats(language: Language) -> dict[str, Callable[..., str]]:
    """Template filters: `moment`, `day`, `iso`, `number`, `span`."""
    locale = Locale.parse(language)
    return {
        "moment": lambda moment: f"{_skeleton('MMMEd', moment, locale)} {moment.astimezone(KOREA):%H:%M}",
        "day": lambda moment: _skeleton("yMMMd", moment, locale),
        "iso": lambda moment: moment.astimezone(KOREA).isoformat(timespec="seconds"),
        "number": lru_cache(maxsize=4096)(partial(format_decimal, locale=locale)),
        "span": lambda span: _span(span, language),
    }


def _skeleton(skeleton: str, moment: datetime, locale: Locale) -> str:
    return _written(skeleton, moment.astimezone(KOREA).replace(second=0, microsecond=0, tzinfo=None), locale)


@lru_cache(maxsize=4096)
def _written(skeleton: str, moment: datetime, locale: Locale) -> str:
    return format_skeleton(skeleton, moment, locale=locale)


def _span(span: timedelta, language: Language) -> str:
    """Days and a clock (`2 d 3:04:05`, `1:02:03`, `4:05`), without its sign, as countdown.js writes it."""
    minutes, seconds = divmod(int(abs(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if days or hours else f"{minutes}:{seconds:02}"
    return translate(_DAYS, language, days=days, clock=clock) if days else clock
