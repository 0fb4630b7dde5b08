"""Harm that was stated says how grave it is; what did the harm is said by the words, and decides the issue."""

from typing import Any

import pytest

from services.alerts.domain.case import Case, weigh
from services.alerts.handlers.complaints import weigh_complaint
from tests.component.alerts.sample import RULES, a_complaint, a_desk, the_issue

TREATED: dict[str, Any] = {"injured": 1, "treated": 1, "longest_treatment_weeks": 2}


def case_of(body: str, **harm: Any) -> Case:
    return weigh(a_complaint(body, harm=harm), 1, RULES.hazards)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("어머니가 전기요에 화상을 입으셨어요", "burn"),
        ("볶음밥을 먹고 밤새 토했어요", "food_poisoning"),
        ("파이를 먹고 얼굴에 두드러기가 났어요", "allergy"),
        ("선반이 넘어져 무릎을 다쳤어요", "injury"),
        ("제품을 쓰다가 병원에서 치료를 받았어요", "injury"),
        ("땅콩 알레르기가 있는 고객인데 넘어지셨대요", "injury"),
    ],
)
def test_the_words_name_what_hurt_somebody(body: str, kind: str) -> None:
    case = case_of(body, **TREATED)
    assert (case.hazard, case.severity) == (kind, "critical")
    assert "harm.stated" in [reason.rule for reason in case.because]


def test_a_stated_fire_or_death_stays_what_it_is() -> None:
    assert case_of("손에 화상을 입었어요", fire_or_explosion=True).hazard == "fire"
    assert case_of("손에 화상을 입었어요", deaths=1).hazard == "death"


async def test_the_same_burn_with_and_without_stated_harm_is_one_issue() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint("전기요에 데였습니다", harm=TREATED))
    await desk.handle(weigh_complaint, a_complaint("자다가 허벅지를 데였는데 약만 발랐어요"))
    issue = the_issue(desk)
    assert (issue.complaints, issue.step) == (2, 3)


def test_of_a_complaint_about_an_employee_the_kind_of_harm_is_told_and_not_read() -> None:
    event = a_complaint("직원 응대에 관한 불만", in_confidence=True, hazards=["injury", "burn"], severity="critical")
    case = weigh(event, 1, RULES.hazards)
    assert (case.hazard, case.severity, case.words) == ("injury", "critical", [])
    assert [reason.rule for reason in case.because] == ["harm.in_confidence"]
    assert weigh(a_complaint(in_confidence=True), 1, RULES.hazards).hazard is None
