"""A complaint about an employee goes to the heads, who decide who else looks into it."""

import pytest

from services.intake.handlers.assigning import assign_within, call_on_departments, override_decision
from services.intake.handlers.cards import if_unchanged
from services.intake.handlers.customer_side import comment_on
from shared.errors import Forbidden
from tests.component.intake.card_desk import MANAGER, CardDesk, hand_of, person

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
