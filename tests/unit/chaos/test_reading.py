"""What the check reads of issues: each counts its own cases, whatever else was joined to it."""

from tests.chaos.reading.alerts import Alerts


def test_what_was_joined_is_counted_where_its_cases_are() -> None:
    issues = [
        {"_id": "whole", "complaints": 6, "joined": ["part", "other"]},
        {"_id": "part", "complaints": 2, "joined": []},
        {"_id": "other", "complaints": 1, "joined": []},
    ]
    assert Alerts(issues, [], [], [], []).counted() == {"whole": 3, "part": 2, "other": 1}
