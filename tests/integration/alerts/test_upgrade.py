"""A database of the version before is led to this one: an issue keeps its story and stands on the board."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from services.alerts.repository.issues import Filters, Issues
from services.alerts.repository.steps import STEPS
from services.alerts.service import SERVICE
from shared.db.client import Mongo
from shared.db.schema import prepare

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def an_old_issue(n: int, entries: int) -> dict[str, Any]:
    """An issue as the first version stored it."""
    what = ["opened", "escalated", *["called", "unanswered"] * entries][:entries]
    call = {"step": 3, "chain": ["p-027", "p-026"], "turn": 1, "acknowledge_by": NOON, "given_up": False}
    return {
        "_id": f"issue-{n}",
        "number": f"I-2026-{n:06d}",
        "open_series": f"EB-{n}|hazard:fire",
        "product_code": f"EB-{n}",
        "product_name": "전기장판",
        "problem": "hazard:fire",
        "problem_name": {"ko": "화재", "en": "Fire"},
        "severity": "critical",
        "step": 3,
        "complaints": 2,
        "alarming": 2,
        "severities": {"critical": 2},
        "opened_at": NOON - timedelta(hours=n),
        "because": [],
        "call": {**call, "acknowledged_by": None, "acknowledged_at": None},
        "log": [{"at": NOON, "what": kind, "step": 3, "person": "p-027", "note": None, "because": []} for kind in what],
        "version": 7,
        "sequence": 4,
        "told_at": NOON,
    }


async def before(mongo: Mongo, *issues: dict[str, Any]) -> None:
    await mongo.insert("schema", [{"_id": "schema", "number": 1}])
    await mongo.insert("issues", list(issues))


async def test_every_entry_of_a_log_becomes_a_moment_and_the_issue_is_found(database: Callable[[str], Mongo]) -> None:
    mongo = database("upgrade")
    await before(mongo, an_old_issue(1, 200), an_old_issue(2, 3))
    await prepare(mongo, SERVICE.models, STEPS)
    issues = Issues(mongo)
    found = await issues.page(filters=Filters("open"), after=None, limit=10)
    assert {issue.number for issue in found} == {"I-2026-000001", "I-2026-000002"}
    long = next(issue for issue in found if issue.number == "I-2026-000001")
    assert (long.called, long.due_at, long.fresh, long.series) == ("p-026", NOON, {"critical": 2}, "EB-1|hazard:fire")
    assert (long.version, long.sequence, long.moments) == (8, 4, 200)
    story = await issues.moments(long.id, None, 300)
    assert [moment.n for moment in story] == list(range(200, 0, -1))
    assert story[-1].what == "opened"


async def test_a_step_that_was_cut_off_runs_again_without_doubling(database: Callable[[str], Mongo]) -> None:
    mongo = database("upgrade")
    await before(mongo, an_old_issue(1, 5), an_old_issue(2, 5))
    await STEPS[0].run(mongo)
    await mongo.replace("issues", [(8, {**an_old_issue(2, 5), "version": 7})])
    await STEPS[0].run(mongo)
    assert await mongo.count("moments", {}) == 10
    assert await mongo.count("issues", {"log": {"$exists": True}}) == 0


async def test_issues_of_the_second_version_are_found_on_their_shelves(database: Callable[[str], Mongo]) -> None:
    mongo = database("upgrade")
    old = {**an_old_issue(1, 0), "series": "EB-1|hazard:fire", "state": "open", "called": "p-026", "due_at": NOON}
    old.pop("log")
    await mongo.insert("schema", [{"_id": "schema", "number": 2}])
    await mongo.insert("issues", [old])
    for _ in range(2):
        await prepare(mongo, SERVICE.models, STEPS)
        for filters in (Filters(), Filters("open", step=3), Filters(product="장판"), Filters(called="p-026")):
            (found,) = await Issues(mongo).page(filters=filters, after=None, limit=10)
            assert (found.number, found.version) == ("I-2026-000001", 8)
        assert await Issues(mongo).count(filters=Filters("closed"), limit=10) == 0
