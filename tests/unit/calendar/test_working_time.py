"""The file of working hours: what a company can set, and what is refused by name."""

from pathlib import Path

import pytest

from shared.calendar.business import BusinessCalendar
from shared.calendar.working_time import SHIPPED, load_working_time
from shared.rules import RulesError
from shared.runtime.settings import SettingsError, load_settings
from tests.unit.calendar.test_business_time import korea

GOOD = (SHIPPED / "working_time.yaml").read_text(encoding="utf-8")


def changed(folder: Path, before: str, after: str) -> Path:
    assert before in GOOD
    (folder / "working_time.yaml").write_text(GOOD.replace(before, after), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('closes: "18:00"', 'closes: "08:00"', "closes"),
        ('opens: "09:00"', 'opens: "9"', "opens"),
        ("[saturday, sunday]", "[someday]", "weekend"),
        ("company_holidays: []", "company_holidays: [{day: 1900-01-01, names: {ko: 가, en: a}}]", "company_holidays"),
    ],
)
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, before: str, after: str, field: str) -> None:
    with pytest.raises(RulesError) as refused:
        load_working_time(changed(tmp_path, before, after))
    assert field in str(refused.value)


def test_a_company_has_its_own_hours(tmp_path: Path) -> None:
    long_day = BusinessCalendar.load(changed(tmp_path, 'closes: "18:00"', 'closes: "20:00"'))
    assert long_day.add_business_days(korea("2026-11-20"), 1) == korea("2026-11-23", "20:00")
    worked = long_day.business_time_between(korea("2026-11-20", "00:00"), korea("2026-11-21", "00:00"))
    assert worked.total_seconds() == 11 * 3600


def test_a_company_may_work_on_saturdays(tmp_path: Path) -> None:
    six_days = BusinessCalendar.load(changed(tmp_path, "[saturday, sunday]", "[sunday]"))
    assert six_days.add_business_days(korea("2026-11-20"), 1) == korea("2026-11-21", "18:00")


def test_whose_public_holidays_count_is_a_setting_and_one_that_nobody_knows_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CCMS_CALENDAR", "KR")
    chuseok = korea("2026-09-25").date()
    assert not BusinessCalendar.load(country=load_settings().calendar).is_business_day(chuseok)
    monkeypatch.setenv("CCMS_CALENDAR", "US")
    with pytest.raises(SettingsError, match="CCMS_CALENDAR"):
        load_settings()
