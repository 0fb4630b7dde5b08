"""What the terminal shows: who filed what and how, what was decided and why, whom it called, what was refused."""

from io import StringIO

import pytest

from deploy.demo.filing import CHANNELS
from deploy.demo.seen import Decided, Filed, Problem
from deploy.demo.teller import Teller
from deploy.demo.terminal import Terminal, width
from deploy.demo.words import WAYS
from shared.contracts.because import Because
from shared.identity.organisation import load_organisation
from shared.language.i18n import Language
from tests.unit.demo.test_week import PRODUCTS, TOLD, WEEK

BURN = TOLD["wed-02"]
FILED = Filed("c1", "C-2026-000041")
HAZARD = Because(rule="burn.named", version="1", inputs={"read_as": "happened", "severity": "critical"}, words=["화상"])
CATEGORY = Because(rule="category.product_safety", version="1", inputs={"score": 0.8}, words=["화상", "전기요"])
PROBLEM = Problem(
    "i1", "I-2026-000007", 3, 1, "EB-410", "포근 전기요 2인용", {"ko": "화상", "en": "Burn"}, "p-027",
    [Because(rule="playbook.critical-hazard", version="1", inputs={}, words=["화상", "물집"])],
)  # fmt: skip


def told_by(language: Language = "ko", columns: int = 80) -> tuple[Teller, StringIO]:
    """A storyteller, and what was told."""
    out = StringIO()
    return Teller(Terminal(out, columns, colours=False), language, load_organisation(), PRODUCTS), out


def decided(*because: Because, severity: str = "critical") -> Decided:
    complaint = {
        "category_name": {"ko": "제품 안전", "en": "Product safety"},
        "severity": severity,
        "departments": [{"department": "quality_safety"}, {"department": "development"}],
        "because": [reason.model_dump() for reason in because],
    }
    return Decided.of(complaint)


def test_a_complaint_is_told_with_its_decision_and_the_words_behind_it() -> None:
    teller, out = told_by()
    teller.filed(BURN, FILED, decided(CATEGORY, HAZARD))
    first, second, third = out.getvalue().splitlines()
    assert first.split() == ["08:50", "상담원이", "받은", "전화", *BURN.title.split()]
    assert second.split("  ")[-1] == "제품 안전 · 치명 → 품질안전실, 제품개발실"
    assert third.strip() == "까닭: “화상” (burn.named)"


def test_an_everyday_complaint_is_explained_by_what_it_speaks_of() -> None:
    assert decided(HAZARD, CATEGORY, severity="minor").why == CATEGORY
    assert decided(HAZARD, CATEGORY, severity="serious").why == HAZARD
    assert decided().why is None


def test_an_english_reader_gets_the_gist_and_english_names() -> None:
    teller, out = told_by("en")
    teller.filed(BURN, FILED, decided(HAZARD))
    teller.risen(PROBLEM, "http://127.0.0.1:8000/alerts/I-2026-000007")
    assert BURN.gist
    assert BURN.gist in out.getvalue()
    assert "▲ Step 3 · I-2026-000007 · Pogeun electric blanket for two · Burn" in out.getvalue()


def test_a_rise_says_whom_it_calls_and_why_and_where_to_look() -> None:
    teller, out = told_by()
    teller.risen(PROBLEM, "http://127.0.0.1:8000/alerts/I-2026-000007")
    head, called, why, link = (line.strip() for line in out.getvalue().splitlines())
    assert head == "▲ 3단계 · I-2026-000007 · 포근 전기요 2인용 · 화상"
    assert called == "호출: 강이현, 품질안전실 (확인을 기다림)"
    assert why == "까닭: “화상”, “물집” (playbook.critical-hazard)"
    assert link == "http://127.0.0.1:8000/alerts/I-2026-000007"


def test_a_refusal_lists_what_is_missing() -> None:
    teller, out = told_by()
    teller.refused(["생산본부가 아직 원인을 내지 않았습니다.", "고객 쪽이 끝나지 않았습니다."])
    assert [line.strip()[0] for line in out.getvalue().splitlines()] == ["✕", "-", "-"]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("columns", [40, 80, 110])
def test_the_whole_week_stays_within_the_width(language: Language, columns: int) -> None:
    teller, out = told_by(language, columns)
    for day in WEEK:
        teller.day(day, PRODUCTS.effective)
        for told in day.complaints:
            teller.filed(told, FILED, decided(CATEGORY))
        for act in day.acts:
            teller.act(act.at, "강이현 · 안전 책임자", act.says.in_(language))
    assert [line for line in out.getvalue().splitlines() if width(line) > columns] == []


def test_every_way_of_filing_has_its_words() -> None:
    assert {told.channel or CHANNELS[told.way] for told in TOLD.values()} <= WAYS.keys()
