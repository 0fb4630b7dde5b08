"""When a complaint is shown as likely the same, and why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.intake.domain.complaint import Complaint
from services.intake.domain.lookalikes import Draft, LookalikeRules, shared_words, text_of, weigh

NOW = datetime(2026, 11, 20, tzinfo=UTC)
RULES = LookalikeRules.load()


def a_complaint(
    title: str = "온도 조절기가 녹았어요",
    body: str = "전기장판 온도 조절기가 녹았어요",
    days: int = 3,
    code: str | None = None,
) -> Complaint:
    said: dict[str, Any] = {"id": "c", "number": "C-2026-000001", "title": title, "body": body, "product_code": code}
    return Complaint.model_construct(**said, filed_at=NOW - timedelta(days=days))


def score(likeness: float, mine: str | None = None, theirs: str | None = None, days: int = 3) -> float:
    found = weigh(Draft("온도조절기 녹음", mine), a_complaint(code=theirs, days=days), likeness, {}, RULES, NOW)
    return found.score if found else 0.0


def test_the_same_product_makes_it_likelier_and_another_one_less() -> None:
    assert score(0.5, "EB-1", "eb-1") > score(0.5) == score(0.5, "EB-1") > score(0.5, "EB-1", "RC-2") > 0


def test_below_the_threshold_nothing_is_shown() -> None:
    assert score(RULES.threshold) > 0
    assert score(RULES.threshold - 0.01) == 0


def test_what_is_too_long_ago_is_not_shown() -> None:
    assert score(0.9, days=RULES.within_days) > 0
    assert score(0.9, days=RULES.within_days + 1) == 0


def test_the_reason_names_words_product_and_days() -> None:
    draft = Draft("전기장판 온도조절기가 녹아서 탄내가 납니다", "EB-1")
    found = weigh(draft, a_complaint(code="EB-1"), 0.6, {}, RULES, NOW)
    assert found is not None
    assert found.because.inputs == {"score": 0.66, "days": 3, "same_product": True}
    assert found.because.threshold == RULES.threshold
    assert "전기장판" in found.because.words


@pytest.mark.parametrize(
    ("text", "other", "words"),
    [
        ("환불을 원합니다", "환불이 안 돼요", ["환불"]),
        ("두유 이물질", "이물질이 나온 두유", ["두유", "이물질"]),
        ("The refund never came", "no refund yet, the shop", ["refund", "the"]),
        ("가 나 다", "가 나 다", []),
    ],
)
def test_shared_words_are_as_much_of_a_word_as_both_have(text: str, other: str, words: list[str]) -> None:
    assert shared_words(text, other, {}) == sorted(words)


def test_rare_words_come_first() -> None:
    assert shared_words("안녕 전기장판", "안녕 전기장판", {"전기": 5.0, "안녕": 0.1})[0] == "전기장판"


def test_a_title_made_of_the_body_is_not_counted_twice() -> None:
    assert text_of(a_complaint("두유가 상했어요", "두유가 상했어요. 냄새가 나요")) == "두유가 상했어요. 냄새가 나요"
    assert text_of(a_complaint("문의", "두유가 상했어요")) == "문의\n두유가 상했어요"
