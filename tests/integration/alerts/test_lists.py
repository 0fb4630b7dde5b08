"""Lists of issues: whatever is asked, an index gives the rows in their order, and pages follow on each other."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.alerts.domain.call import Call
from services.alerts.domain.issue import Issue
from services.alerts.domain.judgement import End
from services.alerts.domain.playbook import as_step
from services.alerts.repository.issues import Filters, Issues
from services.alerts.service import SERVICE
from shared.db.client import Mongo
from shared.db.schema import prepare
from tests.conftest import Servers

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PRODUCTS = [("EB-200", "전기장판 2인용"), ("EB-300", "전기요"), ("VC-9", "무선청소기"), (None, "عسل 🍯"), (None, None)]
ASKED = [
    Filters(),
    Filters(step=2),
    Filters(least_step=2),
    Filters("open"),
    Filters("watched", step=0),
    Filters("joined"),
    Filters("closed"),
    Filters("closed", step=3),
    Filters("closed", least_step=2, product="eb"),
    Filters(product="청소"),
    Filters(product="기"),
    Filters(product="EB-2"),
    Filters(product="eb 2"),
    Filters(product="ＥＢ-300"),
    Filters(product="🍯"),
    Filters(product="عسل"),
    Filters(product="--"),
    Filters(product=".*"),
    Filters(called="p-1"),
    Filters("open", step=3, called="p-1", product="전기"),
    Filters("closed", called="p-1"),
]
HELD = {"EB-2": 0, "eb 2": 0, "ＥＢ-300": 1, "청소": 2, "🍯": 3, "عسل": 3}
"""Parts of one product alone, by its place."""


def an_issue(n: int) -> Issue:
    """One of every product, step and state, many with the same deadline."""
    code, name = PRODUCTS[n % 5]
    due, step = NOON + timedelta(minutes=n % 7), as_step(n % 4)
    issue = Issue(
        id=f"i-{n}",
        number=f"I-2026-{n:06d}",
        series=f"s{n}",
        open_series=f"s{n}",
        product_code=code,
        product_name=name,
        problem="category:heat",
        opened_at=NOON,
        step=step,
        call=Call(step=step, chain=[f"p-{n % 3}"], acknowledge_by=due) if step else None,
    )
    if n % 3 == 0:
        issue.end = End(at=NOON + timedelta(hours=n % 11), by="p", finding="real", reason="끝")
    elif n % 13 == 0:
        issue.joined_into = "i-1"
    return issue


def wanted(filters: Filters, every: list[Issue]) -> list[str]:
    """The same, by reading everything."""

    def fits(issue: Issue) -> bool:
        there = issue.is_live if filters.shelf == "live" else issue.state == filters.shelf
        steps = [filters.step] if filters.step is not None else range(filters.least_step, 4)
        part, words = (filters.product or "").lower(), f"{issue.product_code} {issue.product_name}".lower()
        held = PRODUCTS.index((issue.product_code, issue.product_name))
        product = HELD.get(filters.product or "", held) == held if filters.product in HELD else part in words
        return there and issue.step in steps and product and filters.called in (None, issue.called)

    def place(issue: Issue) -> Any:
        return (issue.end.at, issue.id) if issue.end else (-issue.step, issue.due_at, issue.id)

    found = sorted(filter(fits, every), key=place, reverse=filters.shelf == "closed")
    return [issue.id for issue in found]


def stages(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        if "stage" in plan:
            yield plan["stage"]
        for inner in plan.values():
            yield from stages(inner)
    elif isinstance(plan, list):
        for inner in plan:
            yield from stages(inner)


class Explained(Mongo):
    """Remembers all plans that the server weighed, not only the one that it took."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(url, name)
        self.weighed: set[str] = set()

    async def find(self, collection: str, query: Any, **more: Any) -> list[Any]:
        """As the real one."""
        command = {"find": collection, "filter": query, "sort": dict(more.get("sort", ()))}
        planner = (await self._db.command("explain", command, verbosity="queryPlanner"))["queryPlanner"]
        self.weighed |= set(stages([planner["winningPlan"], planner["rejectedPlans"]]))
        return await super().find(collection, query, **more)


@pytest.mark.parametrize("count", [10, 600])
async def test_every_list_is_given_by_an_index_page_by_page(
    count: int, database: Callable[[str], Mongo], servers: Servers
) -> None:
    plain = database("lists")
    every = [an_issue(n) for n in range(count)]
    await prepare(plain, SERVICE.models, SERVICE.steps)
    await plain.insert("issues", [issue.to_document(1) for issue in every])
    mongo = Explained(servers.mongo, plain.name)
    issues = Issues(mongo)
    for filters in ASKED:
        found: list[str] = []
        after = None
        while rows := await issues.page(filters=filters, after=after, limit=7):
            found += [issue.id for issue in rows]
            after = rows[-1].place
        assert found == wanted(filters, every), filters
        assert await issues.count(filters=filters, limit=1000) == len(found)
    mongo.close()
    assert not mongo.weighed & {"SORT", "COLLSCAN"}, json.dumps(sorted(mongo.weighed))
