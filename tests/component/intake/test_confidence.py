"""A complaint about an employee goes to the heads, who decide who else looks into it."""

from datetime import date, timedelta

import pytest

from services.intake.handlers.assigning import assign_within, call_on_departments, override_decision
from services.intake.handlers.attending import look_at_hands
from services.intake.handlers.cards import if_unchanged
from services.intake.handlers.customer_side import comment_on
from shared.contracts.card import ComplaintEscalated
from shared.errors import Forbidden
from shared.identity.organisation import Leave
from tests.component.intake.card_desk import MANAGER, MONDAY, CardDesk, hand_of, person
from tests.component.intake.people import changed, hears

RUDE = "설치 기사가 반말을 하고 욕을 했습니다. 태도가 무례했습니다."
FAULT = "전기밥솥 코팅이 벗겨져 고장이 났어요."


async def test_it_begins_in_the_hands_of_the_heads() -> None:
    complaint = await CardDesk().file(RUDE)
    assert complaint.category == "staff"
    assert {(one.department, one.assignee) for one in complaint.subcases} == {
        ("customer_satisfaction", "p-001"),
        ("field_service", "p-031"),
    }


async def test_what_turns_out_to_be_about_an_employee_goes_to_the_heads() -> None:
    desk = CardDesk()
    complaint = await desk.file(FAULT)
    assert "p-006" in complaint.people
    await desk.do(override_decision, complaint, {"category": "staff"}, "통화 녹음 확인", None)
    assert {one.assignee for one in complaint.subcases} == {"p-013", "p-004"}


async def test_a_department_called_on_later_is_asked_through_its_head() -> None:
    desk = CardDesk()
    complaint = await desk.file(RUDE)
    await desk.do(call_on_departments, complaint, ["logistics"], [], "배송 기사도 언급됨")
    assert complaint.subcases[-1].assignee == "p-022"


async def test_the_head_hands_it_to_whom_they_choose_and_nobody_else_may_touch_it() -> None:
    desk = CardDesk()
    complaint = await desk.file(RUDE)
    worker, head = hand_of("field_service"), person("p-031")

    async def comment(complaint_id: str, uow: object) -> object:
        return await if_unchanged(lambda version: None, comment_on, complaint_id, "확인했습니다", uow)

    with pytest.raises(Forbidden):
        await desk.do(comment, complaint, by=worker)
    await desk.do(assign_within, complaint, "field_service", worker.id, "직접 확인 바람", None, by=head)
    await desk.do(comment, complaint, by=worker)
    assert MANAGER.id not in complaint.people[1:]


@pytest.mark.parametrize(("deputy", "reader"), [("p-014", "p-014"), (None, "p-038")])
async def test_while_the_head_is_away_it_goes_to_their_deputy_or_to_who_is_above(
    desk: CardDesk, deputy: str | None, reader: str
) -> None:
    """Never down to the people of the department: it may be about one of them."""
    complaint = await desk.file(FAULT)
    await desk.do(override_decision, complaint, {"category": "staff"}, "통화 녹음 확인", None)
    away = Leave(start=date(2026, 11, 24), end=date(2026, 11, 25), deputy=deputy)
    hears(desk, changed(desk.directory.organisation, person="p-013", leaves=[away]))
    desk.now += timedelta(days=1)
    await desk.handle(look_at_hands, complaint.id)
    subcase = complaint.subcase("development")
    assert subcase is not None
    assert (subcase.assignee, subcase.deputises_for) == (reader, "p-013")


async def test_what_turns_out_to_be_about_an_employee_goes_to_who_stands_in_for_the_head(desk: CardDesk) -> None:
    away = Leave(start=MONDAY.date(), end=MONDAY.date(), deputy="p-014")
    hears(desk, changed(desk.directory.organisation, person="p-013", leaves=[away]))
    complaint = await desk.file(FAULT)
    await desk.do(override_decision, complaint, {"category": "staff"}, "통화 녹음 확인", None)
    assert {one.assignee for one in complaint.subcases} == {"p-014", "p-004"}


async def test_a_closed_department_leaves_it_to_the_head_of_its_successor(desk: CardDesk) -> None:
    complaint = await desk.file(RUDE)
    hears(desk, changed(desk.directory.organisation, "field_service", active=False, successor="logistics"))
    await desk.handle(look_at_hands, complaint.id)
    assert {one.assignee for one in complaint.subcases} == {"p-001", "p-022"}


async def test_no_level_below_the_head_is_called_about_it(desk: CardDesk) -> None:
    await desk.file(RUDE)
    await desk.pass_until(MONDAY + timedelta(days=20))
    called = {person for event in desk.emitted(ComplaintEscalated) for person in event.called}
    field_service = desk.directory.organisation.department("field_service")
    assert field_service is not None
    assert field_service.head in called
    assert not called & {field_service.lead, field_service.assignee}
