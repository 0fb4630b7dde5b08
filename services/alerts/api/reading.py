"""What every route of alerts reads with: the queries, the places of rows in lists, one thing or a 404."""

from datetime import datetime

from fastapi import Request

from services.alerts.domain.issue import Issue
from services.alerts.domain.notice import Notice
from services.alerts.repository.issues import Issues
from services.alerts.repository.messages import Messages
from services.alerts.repository.notices import Notices
from shared.errors import NotFound
from shared.web.paging import Cursor

ROOT = "/api/alerts/v1"


def issues_of(request: Request) -> Issues:
    """The queries about issues, on this process's database."""
    return Issues(request.app.state.running.mongo)


def notices_of(request: Request) -> Notices:
    """The queries about notices."""
    return Notices(request.app.state.running.mongo)


def messages_of(request: Request) -> Messages:
    """The queries about messages."""
    return Messages(request.app.state.running.mongo)


def milliseconds(moment: datetime) -> int:
    """A moment as part of a cursor."""
    return int(moment.timestamp() * 1000)


def at(moment: datetime, id: str) -> Cursor:
    """Where a row stands in a list by time."""
    return Cursor(milliseconds(moment), id)


def behind_time(cursor: Cursor | None) -> tuple[datetime, str] | None:
    """The place in a list by time that a cursor names."""
    return (cursor.moment, cursor.id) if cursor else None


def place(issue: Issue) -> Cursor:
    """Where an issue stands in its list."""
    return Cursor(issue.place, issue.id)


def behind(cursor: Cursor | None) -> str | None:
    """The place among issues that a cursor names."""
    return cursor.text if cursor else None


async def found_issue(issue_id: str, request: Request) -> Issue:
    """The issue by id or number; raises `NotFound`."""
    issue = await issues_of(request).one(issue_id)
    if issue is None:
        raise NotFound
    return issue


async def found_notice(notice_id: str, request: Request) -> Notice:
    """The notice by id or number; raises `NotFound`."""
    notice = await notices_of(request).one(notice_id)
    if notice is None:
        raise NotFound
    return notice
