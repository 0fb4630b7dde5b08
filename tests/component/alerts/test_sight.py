"""How a problem is handled is open to all staff; what was said and suffered is not."""

from datetime import timedelta

from services.alerts.domain.case import Case
from services.alerts.domain.moment import Moment
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.checklist import complete_item, skip_item
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.containment import (
    Wanted,
    confirm_containment,
    lift_containment,
    order_containment,
)
from services.alerts.handlers.judging import close_issue, silence_issue
from services.alerts.presenting.issue import Behind, issue_page
from services.alerts.presenting.speaker import Speaker
from services.alerts.schemas.issues import CaseOut, IssueDetail, IssueOut, MomentOut
from shared.identity.principal import Principal
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
    person,
    the_issue,
)

AUDITOR = person("p-043")
SYSTEM = Principal("warehouse", "", frozenset({"issues:read"}), "system")


async def test_an_employee_reads_the_hazard_as_a_category_and_no_word_of_a_complaint() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN, harm={"injured": 2, "longest_treatment_weeks": 4}))
    issue, (case,) = the_issue(desk), desk.stored(Case)
    shown = IssueDetail.of(issue).seen_by(WORKER)
    assert [reason.words for reason in shown.because] == [[]]
    assert [reason.rule for reason in shown.because] == ["playbook.critical-hazard"]
    seen = CaseOut.of(case, WORKER)
    assert seen.title is None
    assert all(not reason.words for reason in seen.because)
    assert [reason.inputs for reason in seen.because if reason.rule == "harm.stated"] == [{}]


async def test_those_who_decide_and_review_read_it_all() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    issue, (case,) = the_issue(desk), desk.stored(Case)
    for viewer in (OFFICER, AUDITOR, SYSTEM):
        assert IssueDetail.of(issue).seen_by(viewer).because[0].words
        assert CaseOut.of(case, viewer).title == "전기장판"


async def test_notes_about_people_are_for_those_who_work_on_it() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    note = "손등 2도 화상, 통원 치료 중"
    await desk.handle(complete_item, issue.id, "look-after-victims", note, None, None, by=OFFICER)
    last = max(desk.stored(Moment), key=lambda moment: moment.n)
    assert MomentOut.of(last, OFFICER).note == note
    assert MomentOut.of(last, WORKER).note is None
    assert note not in str(IssueDetail.of(issue).seen_by(WORKER))
    moments = desk.stored(Moment)
    for viewer, shown in ((OFFICER, True), (WORKER, False)):
        speaker = Speaker(RULES, ORGANISATION, "ko", viewer)
        page = issue_page(Behind(issue, moments=moments, cases=desk.stored(Case)), speaker, desk.now)
        assert (note in str(page), "불이 나" in str(page)) == (shown, shown)


async def test_no_reason_or_note_of_a_decision_is_for_everybody() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    said = "아이가 많이 놀람"
    await desk.handle(silence_issue, issue.id, desk.now + timedelta(hours=1), said, None, by=CS_MANAGER)
    await desk.handle(order_containment, issue.id, Wanted("stop_sale", [], ["sales"], "진열을 비운다"), by=CS_MANAGER)
    order = issue.containments[0].id
    await desk.handle(confirm_containment, issue.id, order, "sales", said, by=SALES_HEAD)
    await desk.handle(lift_containment, issue.id, order, said, by=CS_MANAGER)
    await desk.handle(acknowledge_issue, issue.id, said, None, by=CS_MANAGER)
    for item in [item.id for item in issue.items]:
        await desk.handle(skip_item, issue.id, item, said, None, by=CS_MANAGER)
    open_detail = IssueDetail.of(issue)
    await desk.handle(close_issue, issue.id, "unclear", said, None, by=CS_MANAGER)
    detail = IssueDetail.of(issue)
    for viewer, shown in ((CS_MANAGER, True), (WORKER, False)):
        page = issue_page(
            Behind(issue, moments=desk.stored(Moment)), Speaker(RULES, ORGANISATION, "ko", viewer), desk.now
        )
        for seen in (page, detail.seen_by(viewer), open_detail.seen_by(viewer), IssueOut.of(issue).seen_by(viewer)):
            assert (said in str(seen)) is shown, type(seen)
        assert "진열을 비운다" in str(detail.seen_by(viewer)), "who carries an order out has to know it"


async def test_an_auditor_is_offered_nothing_to_change() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    page = issue_page(Behind(issue), Speaker(RULES, ORGANISATION, "ko", AUDITOR), desk.now)
    assert page.decide is None
    assert not page.row.may_acknowledge
    assert not any(item.may_do for item in page.items)
