"""Times, spans and numbers as people write them."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.language.i18n import Language
from shared.web.formats import formats

MOMENT = datetime(2026, 12, 31, 15, 4, 5, 678000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "form", "value", "expected"),
    [
        ("ko", "moment", MOMENT, "1월 1일 (금) 00:04"),
        ("en", "moment", MOMENT, "Fri, Jan 1 00:04"),
        ("ko", "day", MOMENT, "2027년 1월 1일"),
        ("en", "iso", MOMENT, "2027-01-01T00:04:05+09:00"),
        ("ko", "number", 1234567, "1,234,567"),
        ("en", "span", timedelta(seconds=5), "0:05"),
        ("en", "span", timedelta(seconds=-65), "1:05"),
        ("en", "span", timedelta(hours=1, minutes=2, seconds=3), "1:02:03"),
        ("en", "span", timedelta(days=1), "1 d 0:00:00"),
        ("ko", "span", timedelta(days=2, hours=3, minutes=4, seconds=5.9), "2일 3:04:05"),
    ],
)
def test_a_reader_sees(language: Language, form: str, value: object, expected: str) -> None:
    assert formats(language)[form](value) == expected
