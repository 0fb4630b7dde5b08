"""Every complaint gets its category and departments, or stays with the CS office."""

import pytest

from services.intake.domain.classify import Classification
from tests.unit.intake.complaints import ENGLISH, KOREAN
from tests.unit.intake.rules import classified


def departments(decided: Classification) -> list[str]:
    return [routed.department for routed in decided.departments]


@pytest.mark.parametrize(("title", "body", "category", "called"), KOREAN + ENGLISH)
def test_a_complaint_goes_where_it_belongs(title: str, body: str, category: str, called: list[str]) -> None:
    decided = classified(title, body)
    assert decided.category == category
    assert sorted(departments(decided)) == sorted(called)


@pytest.mark.parametrize(
    ("title", "body"), [("안녕하세요", "그냥 한 말씀 드립니다"), ("hello", "just saying"), ("", "")]
)
def test_what_nothing_speaks_for_stays_with_the_cs_office(title: str, body: str) -> None:
    decided = classified(title, body)
    assert (decided.category, decided.confidence) == ("other", 0.0)
    assert departments(decided) == ["customer_satisfaction"]
    (because,) = decided.departments[0].because
    assert (because.rule, because.threshold) == ("route.cs_office", 0.4)


def test_an_uncertain_category_stays_with_the_cs_office_but_a_hazard_calls_on_safety() -> None:
    body = "배송이 늦고 포장이 찢어지고 결제도 이상하고 상담원은 불친절하고 앱도 안 되는데 손에 화상까지 입었어요"
    decided = classified("여러 가지", body)
    assert decided.confidence < 0.4
    assert departments(decided) == ["customer_satisfaction", "quality_safety"]


def test_the_best_three_are_offered_with_their_words() -> None:
    decided = classified("배송도 늦고 포장도 엉망", "배송이 일주일 늦었고 포장이 찢어졌는데 환불도 안 해 준대요")
    assert len(decided.candidates) == 3
    assert [candidate.score for candidate in decided.candidates] == sorted(
        (candidate.score for candidate in decided.candidates), reverse=True
    )
    assert {candidate.category for candidate in decided.candidates} == {"delivery", "packaging", "exchange_refund"}
    assert all(because.words for candidate in decided.candidates for because in candidate.because)


def test_words_in_the_title_weigh_more() -> None:
    assert classified("환불", "배송").category == "exchange_refund"
    assert classified("배송", "환불").category == "delivery"


def test_the_products_name_tells_the_line_when_the_text_does_not() -> None:
    assert departments(classified("폭발했어요", product="전기포트 K-2")) == ["quality_safety", "development"]
    assert departments(classified("폭발했어요", product="캔 커피 200ml")) == ["quality_safety", "production"]


def test_a_feared_hazard_weighs_less_than_one_that_happened() -> None:
    feared = classified("불이 날까 봐 걱정돼요").candidates[0].score
    assert feared < classified("불이 났어요").candidates[0].score
