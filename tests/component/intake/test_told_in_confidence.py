"""What others are told of a complaint about an employee: that there is one and how it goes, never what was said."""

import pytest

from services.intake.handlers import assigning
from services.intake.handlers.assigning import override_decision
from shared.contracts.complaint import ComplaintAssigned, ComplaintClassified, ComplaintCreated
from tests.component.intake.card_desk import AGENT, MANAGER, CardDesk

BEATEN = "설치 기사가 반말을 하고 욕을 하며 때려서 손가락이 골절됐습니다. 태도가 무례했습니다."
SAID = ("반말", "욕", "무례", "골절", "전기밥솥", "RC-880", "설치 기사")


def everything_told(desk: CardDesk) -> str:
    return " ".join(event.model_dump_json() for event in desk.told)


async def test_nothing_of_its_words_nor_of_its_product_is_on_any_topic(desk: CardDesk) -> None:
    complaint = await desk.file(BEATEN)
    assert complaint.category == "staff"
    await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
    await desk.do(override_decision, complaint, {"product_name": "전기밥솥 골드", "lot": "K1"}, "전기밥솥 확인", None)
    await desk.resolve(await desk.give_causes(complaint))
    told = everything_told(desk)
    for said in (*SAID, "K1", "process"):
        assert said not in told, said
    assert complaint.number in told
    (created,) = desk.emitted(ComplaintCreated)
    assert (created.title, created.in_confidence) == ("직원 응대에 관한 불만", True)


async def test_how_grave_it_is_others_learn_all_the_same(desk: CardDesk) -> None:
    """Serious harm is called out at once, whatever it is about."""
    complaint = await desk.file(BEATEN)
    (created,), (classified,) = desk.emitted(ComplaintCreated), desk.emitted(ComplaintClassified)
    assert created.hazards == classified.hazards == complaint.hazards != []
    assert (created.severity, classified.in_confidence) == (complaint.severity, True)
    assert [reason.rule for reason in created.because] == [reason.rule for reason in complaint.because]
    (assigned,) = desk.emitted(ComplaintAssigned)
    assert [routed.head for routed in assigned.departments] == ["p-001", "p-031"]


async def test_what_turns_out_to_be_about_an_employee_is_told_so(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(override_decision, complaint, {"category": "staff"}, "설치 기사의 폭언", None, by=MANAGER)
    classified = desk.emitted(ComplaintClassified)[-1]
    assert (classified.in_confidence, classified.candidates) == (True, [])


@pytest.mark.parametrize("body", ["전기밥솥 코팅이 벗겨져 고장이 났어요. 환불해 주세요."])
async def test_any_other_complaint_is_told_whole(desk: CardDesk, body: str) -> None:
    await desk.file(body)
    (created,) = desk.emitted(ComplaintCreated)
    assert (created.body, created.product_code, created.in_confidence) == (body, "RC-880", False)
