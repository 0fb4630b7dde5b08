"""Writing a notice: a new one, one out of an issue, or a draft that is written anew."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.alerts.api.notice_lists import ISSUING, visible
from services.alerts.api.reading import found_issue, issues_of
from services.alerts.domain.notice import Notice
from services.alerts.handlers.notices import draft_notice, revise_notice
from services.alerts.pages.desk import AtDesk, Desk
from services.alerts.presenting.notices import month, values_of
from services.alerts.schemas.forms import NoticeForm
from services.alerts.schemas.notices import NoticeOut
from services.alerts.views.notices import NoticeForm as FormView
from services.alerts.views.typed import Typed
from services.alerts.views.work import Choice
from shared.identity.policy import Rule
from shared.language.i18n import _
from shared.web.shapes import Id

POLICY = [
    Rule("GET", "/alerts/notices/new", *ISSUING),
    Rule("GET", "/alerts/notices/{notice_id}/revision", *ISSUING),
    Rule("POST", "/alerts/notices", *ISSUING),
    Rule("POST", "/alerts/notices/{notice_id}/revisions", *ISSUING),
]
OF = "notice"
NEW = _("Write a safety notice")
ANEW = _("Change the draft")

pages = APIRouter(include_in_schema=False)


@pages.get("/alerts/notices/new")
async def new(desk: AtDesk, issue: Annotated[Id | None, Query()] = None) -> Response:
    """An empty form; out of an issue it knows the product."""
    if issue is None:
        return _draw(desk, Typed(OF), None)
    found = await found_issue(issue, desk.request)
    values = {"issue_id": [found.id], "must_read": ["yes"] if found.step >= 2 else []}
    values |= {"product_code": [found.product_code or ""], "product_name": [found.product_name or ""]}
    return _draw(desk, Typed(OF, values), found.number)


@pages.post("/alerts/notices")
async def draft(desk: AtDesk) -> Response:
    """Keep a new notice as a draft."""

    async def do(form: NoticeForm) -> NoticeOut:
        return await desk.run(draft_notice, form.text(), form.issue_id, out=NoticeOut)

    async def draw(typed: Typed, status: int) -> Response:
        issue = await issues_of(desk.request).one(typed.value(OF, "issue_id"))
        return _draw(desk, typed, issue.number if issue else None, status=status)

    return await desk.take(NoticeForm, OF, do, draw, _page)


@pages.get("/alerts/notices/{notice_id}/revision")
async def edit(notice_id: Id, desk: AtDesk) -> Response:
    """The form of a draft."""
    notice = await visible(notice_id, desk.request, desk.viewer)
    return _draw(desk, Typed(OF, values_of(notice)), notice.issue_number, notice)


@pages.post("/alerts/notices/{notice_id}/revisions")
async def revise(notice_id: Id, desk: AtDesk) -> Response:
    """Write a draft anew."""
    notice = await visible(notice_id, desk.request, desk.viewer)

    async def do(form: NoticeForm) -> NoticeOut:
        return await desk.run(revise_notice, notice.id, form.text(), form.version, out=NoticeOut)

    async def draw(typed: Typed, status: int) -> Response:
        now = await visible(notice.id, desk.request, desk.viewer)
        return _draw(desk, typed, now.issue_number, now, status=status)

    return await desk.take(NoticeForm, OF, do, draw, _page)


def _page(notice: NoticeOut) -> str:
    return f"/alerts/notices/{notice.id}"


def _draw(
    desk: Desk, typed: Typed, issue_number: str | None, notice: Notice | None = None, *, status: int = 200
) -> Response:
    speaker, id = desk.speaker, notice.id if notice else None
    view = FormView(
        action=f"/alerts/notices/{id}/revisions" if id else "/alerts/notices",
        back=f"/alerts/notices/{id}" if id else "/alerts/notices",
        heading=speaker.say(ANEW if id else NEW),
        typed=typed,
        version=notice.version if notice else None,
        issue_number=issue_number,
        months=[Choice(str(number), month(number, speaker)) for number in range(1, 13)],
        departments=[
            Choice(department.code, department.names.in_(speaker.language))
            for department in speaker.organisation.departments
            if department.active
        ],
    )
    return desk.draw("notice_form.html", status, form=view)
