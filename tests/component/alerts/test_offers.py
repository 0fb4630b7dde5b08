"""What a page offers is what its reader may do: nothing is offered that would be refused."""

from services.alerts.domain.issue import Issue
from services.alerts.domain.notice import Notice, NoticeText
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.containment import Wanted, order_containment
from services.alerts.handlers.judging import close_issue
from services.alerts.presenting.issue import Behind, issue_page
from services.alerts.presenting.shares import shares
from services.alerts.presenting.speaker import Speaker
from services.alerts.views.issue import IssueView
from shared.identity.organisation import organisation_with
from shared.identity.principal import Principal
from shared.testing.fake import NOON, Desk
from tests.component.alerts.sample import (
    BURN,
    CS_MANAGER,
    OFFICER,
    ORGANISATION,
    RULES,
    SALES_HEAD,
    WORKER,
    a_burn,
    a_complaint,
    a_desk,
    late_deliveries,
    settle_all,
    the_issue,
)

SALESPERSON = Principal("p-900", "", frozenset({"employee"}), "person", "sales")


def seen_by(viewer: Principal, issue: Issue, desk: Desk) -> IssueView:
    return issue_page(Behind(issue), Speaker(RULES, ORGANISATION, "ko", viewer), desk.now)


async def test_those_may_answer_whom_the_handler_lets() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    offered = {viewer.id: seen_by(viewer, the_issue(desk), desk).row.may_acknowledge for viewer in (OFFICER, WORKER)}
    assert offered == {OFFICER.id: True, WORKER.id: False}
    assert seen_by(SALES_HEAD, the_issue(desk), desk).row.may_acknowledge


async def test_a_closed_issue_offers_no_action_and_no_decision_but_to_reopen() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await settle_all(desk, issue)
    assert any(item.may_undo for item in seen_by(OFFICER, issue, desk).items)
    await desk.handle(close_issue, issue.id, "real", "끝", None, by=OFFICER)
    page = seen_by(OFFICER, issue, desk)
    assert not any(item.may_do or item.may_undo for item in page.items)
    assert not page.row.may_acknowledge


async def test_step_3_offers_no_silence() -> None:
    desk = a_desk()
    burn, quiet = await a_burn(desk), await late_deliveries(desk)
    offered = [seen_by(CS_MANAGER, issue, desk).decide for issue in (quiet, burn)]
    assert [decide.may_silence for decide in offered if decide] == [True, False]


async def test_an_order_is_confirmed_by_those_who_answer_for_their_department() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(order_containment, issue.id, Wanted("stop_sale", [], ["sales", "marketing"]), by=OFFICER)

    def offered(viewer: Principal) -> list[str]:
        (order,) = seen_by(viewer, issue, desk).orders
        return [part.code for part in order.parts if part.may_confirm]

    assert offered(SALES_HEAD) == ["sales"]
    assert offered(SALESPERSON) == []
    assert offered(OFFICER) == ["sales", "marketing"]


def test_who_has_left_or_moved_is_counted_where_they_are_now() -> None:
    text = NoticeText(title="t", hazard="h", rule="r", consequence="c", audience=["sales", "production"])
    notice = Notice(id="n", number="N-2026-000001", text=text, drafted_by="p", drafted_at=NOON, shown_at=NOON)
    readers = {SALES_HEAD.id: NOON, WORKER.id: NOON}
    before = {share.code: (len(share.read), share.people) for share in shares(notice, readers, ORGANISATION)}
    moved: dict[str, dict[str, object]] = {SALES_HEAD.id: {"department": "production"}, WORKER.id: {"active": False}}
    people = [each.model_copy(update=moved.get(each.id, {})) for each in ORGANISATION.people]
    later = shares(notice, readers, organisation_with(people, ORGANISATION.departments))
    after = {share.code: (len(share.read), share.people) for share in later}
    in_sales, in_production = before["sales"][1], before["production"][1]
    assert before == {"sales": (1, in_sales), "production": (1, in_production)}
    assert after == {"sales": (0, in_sales - 1), "production": (1, in_production)}
