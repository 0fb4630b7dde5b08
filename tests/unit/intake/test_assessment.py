"""Severity, complexity, impact and need for action: each by a stated rule that the reason names."""

import pytest

from services.intake.domain.classify import Classification, ComplaintFacts, classify
from shared.contracts.because import Because
from shared.contracts.complaint import HarmSummary
from shared.identity.organisation import Organisation
from tests.unit.intake.rules import ORGANISATION, RULES, classified


def reason(decided: Classification, part: str) -> Because:
    return next(because for because in decided.because if because.rule.startswith(f"{part}."))


@pytest.mark.parametrize(
    ("harm", "severity", "rule"),
    [
        (HarmSummary(deaths=1), "critical", "severity.death"),
        (HarmSummary(injured=1, treated=1, longest_treatment_weeks=3), "critical", "severity.weeks_of_treatment"),
        (HarmSummary(fire_or_explosion=True), "critical", "severity.fire_or_explosion"),
        (HarmSummary(injured=2, treated=2), "critical", "severity.several_treated"),
        (HarmSummary(injured=3), "critical", "severity.several_injured"),
        (HarmSummary(injured=1, treated=1, longest_treatment_weeks=2), "serious", "severity.treated"),
        (HarmSummary(injured=1), "serious", "severity.injured"),
        (HarmSummary(property_damage=True), "moderate", "severity.property_damage"),
        (HarmSummary(), "minor", "severity.none_of_these"),
    ],
)
def test_stated_harm_decides_severity(harm: HarmSummary, severity: str, rule: str) -> None:
    decided = classified("제품 문의", "확인 부탁합니다", harm=harm)
    assert decided.severity == severity
    assert reason(decided, "severity").rule == rule


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("손에 화상을 입었어요", "critical"),
        ("과자에서 벌레가 나왔어요", "serious"),
        ("불이 날 뻔했어요", "serious"),
        ("식빵에 곰팡이가 피었어요", "moderate"),
        ("세 번째 수리인데 또 고장났어요", "moderate"),
        ("개인정보 동의를 안 했는데요", "moderate"),
        ("배송이 하루 늦었어요", "minor"),
        ("다친 사람은 없었고 배송만 늦었어요", "minor"),
    ],
)
def test_hazards_in_the_text_decide_severity(body: str, severity: str) -> None:
    assert classified("", body).severity == severity


def test_damage_is_never_minor() -> None:
    assert classified("", "배송이 늦었어요", kind="damage").severity == "moderate"


@pytest.mark.parametrize(
    ("body", "complexity"),
    [
        ("배송이 하루 늦었어요", "low"),
        ("반품한 지 2주인데 환불이 안 됐어요", "medium"),
        ("또 고장이라 세 번째 수리를 맡깁니다", "high"),
        ("배송이 늦어 소비자원에 신고하겠습니다", "high"),
        ("배송이 늦었습니다. " * 200, "medium"),
        ("불이 났어요", "high"),
    ],
)
def test_complexity_grows_with_departments_length_and_dispute(body: str, complexity: str) -> None:
    assert classified("", body).complexity == complexity


@pytest.mark.parametrize(
    ("body", "impact", "immediate"),
    [
        ("배송이 하루 늦었어요", "low", False),
        ("손에 화상을 입었어요", "high", True),
        ("제 개인정보가 유출됐어요", "high", True),
        ("과자에서 벌레가 나왔어요", "medium", False),
        ("아이가 먹던 과자에서 벌레가 나왔어요", "medium", True),
        ("여러 명이 먹고 설사를 했어요", "high", True),
    ],
)
def test_impact_and_need_for_action(body: str, impact: str, immediate: bool) -> None:
    decided = classified("", body)
    assert (decided.impact, decided.immediate_action) == (impact, immediate)


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("손에 화상을 입었어요", ["head", "lead", "assignee"]),
        ("과자에서 벌레가 나왔어요", ["lead", "assignee"]),
        ("배송이 하루 늦었어요", ["assignee"]),
    ],
)
def test_severity_decides_which_levels_are_called(body: str, levels: list[str]) -> None:
    assert all(routed.levels == levels for routed in classified("", body).departments)


def test_a_department_comes_with_its_three_people() -> None:
    (routed,) = classified("배송이 안 와요").departments
    logistics = ORGANISATION.department("logistics")
    assert logistics is not None
    assert (routed.head, routed.lead, routed.assignee) == logistics.levels


def test_every_part_has_a_reason_with_version() -> None:
    decided = classified("전기장판 화재", "전기장판에서 불이 나 손에 화상을 입었어요")
    rules = [because.rule for because in decided.because]
    assert rules[:3] == ["category.product_safety", "fire.named", "fire.broke_out"]
    for part in ("burn", "severity", "complexity", "impact", "immediate"):
        assert reason(decided, part).version
    assert "화상" in reason(decided, "burn").words


def test_a_threshold_stands_in_the_reason() -> None:
    because = reason(classified("", "", harm=HarmSummary(treated=1, longest_treatment_weeks=5)), "severity")
    assert (because.threshold, because.inputs["weeks"]) == (3, 5)


def test_the_same_complaint_is_decided_the_same_way() -> None:
    assert classified("환불", "환불이 늦어요") == classified("환불", "환불이 늦어요")


def test_the_shipped_routes_call_on_departments_that_the_sample_organisation_has() -> None:
    called = {code for route in RULES.routing.routes for code in route.departments} | {RULES.routing.cs_office}
    assert all(ORGANISATION.department(code) for code in called)


def test_the_cs_office_stands_in_for_a_department_that_is_not_there() -> None:
    whole = ORGANISATION.model_dump()
    departments = [unit for unit in whole["departments"] if unit["code"] != "logistics"]
    people = [person for person in whole["people"] if person["department"] != "logistics"]
    smaller = Organisation.model_validate(whole | {"departments": departments, "people": people})
    decided = classify(ComplaintFacts("배송이 안 와요", ""), RULES, smaller)
    assert [routed.department for routed in decided.departments] == ["customer_satisfaction"]
