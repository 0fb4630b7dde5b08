"""The page of one issue, drawn anew after whatever was done to it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import Response

from services.alerts.api.reading import found_issue, issues_of, notices_of
from services.alerts.domain.issue import Issue
from services.alerts.pages.desk import Desk
from services.alerts.presenting.issue import FEW, MOST_SIMILAR, NEWEST_MOMENTS, Behind, issue_page
from services.alerts.repository.issues import Issues
from services.alerts.views.typed import Typed
from shared.errors import Refused
from shared.web.shapes import FormIn

NOTICES = 5
PARTS = {"item-": "#part-work", "order-": "#part-orders", "lift-": "#part-orders", "containments": "#part-orders"}
"""Where on the page somebody goes on, by the beginning of the form's name."""
F = TypeVar("F", bound=FormIn)


async def draw_issue(desk: Desk, issue_id: str, typed: Typed | None = None, status: int = 200) -> Response:
    """The page of an issue; `typed` is what was entered into one of its forms and refused."""
    last_event, issues = desk.last_event, issues_of(desk.request)
    issue = await found_issue(issue_id, desk.request)
    into = [issue.joined_into] if issue.joined_into else []
    cases, moments, notices, similar, others = await asyncio.gather(
        issues.cases([issue.id, *issue.joined], None, FEW + 1),
        issues.moments(issue.id, None, NEWEST_MOMENTS + 1),
        notices_of(desk.request).of_issue(issue.id, NOTICES),
        _similar(issue, issues),
        issues.several([*issue.joined, *into]),
    )
    behind = Behind(
        issue=issue,
        cases=cases,
        moments=moments,
        notices=[notice for notice in notices if notice.state != "draft"],
        similar=similar,
        joined=[other for other in others if other.id in issue.joined],
        joined_into=next((other for other in others if other.id in into), None),
        typed=typed or Typed(),
        last_event=last_event,
    )
    return desk.draw("issue.html", status, issue=issue_page(behind, desk.speaker, desk.now))


async def _similar(issue: Issue, issues: Issues) -> list[Issue]:
    """Issues of the same product or with the same problem, those with both first."""
    most = MOST_SIMILAR + 1 + len(issue.joined)
    asked = [issues.with_problem(issue.problem, most)]
    asked += [issues.of_product(issue.product_code, most)] if issue.product_code else []
    found = {other.id: other for few in await asyncio.gather(*asked) for other in few}
    others = [other for id, other in found.items() if id not in {issue.id, *issue.joined, issue.joined_into}]
    others.sort(key=lambda other: (_alike(other, issue), other.opened_at), reverse=True)
    return others[:MOST_SIMILAR]


def _alike(other: Issue, issue: Issue) -> int:
    return 2 * (other.product_code == issue.product_code is not None) + (other.problem == issue.problem)


async def act(
    desk: Desk, issue_id: str, of: str, shape: type[F], do: Callable[[Issue, F], Awaitable[object]]
) -> Response:
    """Take a form of an issue's page, do what it says, show the page anew; refused, with what was typed."""
    issue = await found_issue(issue_id, desk.request)
    form, typed = await desk.filled(shape, of)
    if form is None:
        return await draw_issue(desk, issue.id, typed, 422)
    try:
        await do(issue, form)
    except Refused as error:
        return await draw_issue(desk, issue.id, desk.refused(typed, error), error.status)
    part = next((part for start, part in PARTS.items() if of.startswith(start)), "")
    return desk.sent_back(f"/alerts/{issue.id}{part}")
