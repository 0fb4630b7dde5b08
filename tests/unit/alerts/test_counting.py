"""What an issue counts, taken from its complaints: for a rebuild, which has to leave alone what is right."""

from datetime import UTC, datetime, timedelta

from services.alerts.domain.case import Case
from services.alerts.domain.counting import Counts, together
from services.alerts.domain.growing import add_case, open_issue, take_out
from services.alerts.domain.issue import Issue

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


def case(n: int, severity: str = "minor", *, days: int = 0, imported: bool = False) -> Case:
    return Case.model_validate(
        {
            "id": f"c{n}",
            "number": f"C-2026-{n:06d}",
            "title": "냄새",
            "product_code": "SM-1",
            "category": "quality",
            "category_sequence": 1,
            "severity": severity,
            "imported": imported,
            "filed_at": NOON - timedelta(days=days),
        }
    )


def counts(cases: list[Case]) -> Counts:
    found = Counts()
    for each in cases:
        found.add(each.day, each.severity, each.imported, 1)
    return found


def issue_of(cases: list[Case]) -> Issue:
    issue = open_issue("i", "I-2026-000001", cases[0], NOON)
    for each in cases:
        add_case(issue, each)
    return issue


MANY = [case(n, "serious" if n == 3 else "minor", days=n, imported=n % 5 == 0) for n in range(30)]


def test_an_issue_that_counted_as_they_came_fits_in_whatever_order() -> None:
    for cases in (MANY, MANY[::-1], MANY[7:] + MANY[:7]):
        assert counts(MANY).fits(issue_of(cases))


def test_one_that_a_complaint_left_fits_though_a_zero_stays_behind() -> None:
    cases = [case(1), case(2, "serious", days=1)]
    issue = issue_of(cases)
    take_out(issue, cases[1], [])
    assert 0 in issue.days.values()
    assert counts(cases[:1]).fits(issue)


def test_what_is_wrong_does_not_fit_and_is_put_right() -> None:
    whole = issue_of(MANY)
    for field, value in (("complaints", 1), ("alarming", 0), ("severities", {}), ("severity", "none"), ("days", {})):
        issue = issue_of(MANY)
        setattr(issue, field, value)
        assert not counts(MANY).fits(issue), field
        counts(MANY).put(issue)
        assert counts(MANY).fits(issue)
        assert getattr(issue, field) == getattr(whole, field)


def test_joined_issues_count_together() -> None:
    assert together([counts(MANY[:9]), counts(MANY[9:])]) == counts(MANY)
