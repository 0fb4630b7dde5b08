"""The page of one issue, drawn anew after whatever was done to it."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from fastapi import Response

from services.alerts.api.notice_lists import reviews
from services.alerts.api.reading import at, behind_time, found_issue, issues_of, notices_of
from services.alerts.domain.issue import Issue
from services.alerts.domain.people import decides
from services.alerts.pages.desk import Desk
from services.alerts.presenting.issue import FEW, MOST_SIMILAR, NEWEST_MOMENTS, Behind, complaint_of, issue_page
from services.alerts.presenting.rows import row_of
from services.alerts.repository.issues import Issues
from services.alerts.views.typed import Typed
from shared.web.paging import Paging
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
        notices_of(desk.request).of_issue(issue.id, NOTICES, drafts=reviews(desk.viewer)),
        _similar(issue, issues),
        issues.several([*issue.joined, *into]),
    )
    behind = Behind(
        issue=issue,
        cases=cases,
        moments=moments,
        notices=notices,
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


async def draw_complaints(
    desk: Desk, issue_id: str, paging: Paging, typed: Typed | None = None, status: int = 200
) -> Response:
    """The page of the complaints behind an issue; `typed` is what was chosen and refused."""
    issue = await found_issue(issue_id, desk.request)
    found = await issues_of(desk.request).cases([issue.id, *issue.joined], behind_time(paging.after), paging.fetch)
    shown, following = paging.cut(found, lambda case: at(case.filed_at, case.id))
    return desk.draw(
        "issue_complaints.html",
        status,
        row=row_of(issue, desk.speaker, desk.now),
        complaints=[complaint_of(case, desk.speaker) for case in shown],
        may_split=issue.is_live and decides(desk.viewer),
        typed=typed or Typed(),
        next=paging.link(following),
        first=paging.path if paging.after else None,
    )


async def act(
    desk: Desk, issue_id: str, of: str, shape: type[F], do: Callable[[Issue, F], Awaitable[object]]
) -> Response:
    """Take a form of an issue's page, do what it says, show the page anew; refused, with what was typed."""
    issue = await found_issue(issue_id, desk.request)

    async def draw(typed: Typed, status: int) -> Response:
        return await draw_issue(desk, issue.id, typed, status)

    return await desk.take(shape, of, partial(do, issue), draw, lambda _done: part_of(issue.id, of))


def part_of(issue_id: str, of: str) -> str:
    """Where on an issue's page somebody goes on after a form."""
    part = next((part for start, part in PARTS.items() if of.startswith(start)), "")
    return f"/alerts/{issue_id}{part}"
