"""The rules of the card: what is shipped fits together, and what a company gets wrong is refused by name."""

from pathlib import Path

import pytest

from services.intake.domain.card_rules import SHIPPED, CardRules
from services.intake.domain.clocks import AT_FILING
from shared.calendar.working_time import SHIPPED as HOURS
from shared.contracts.because import Because
from shared.language.reasons import BY_RULE, OF_CLOCKS, sentence
from shared.rules import RulesError

RULES = CardRules.load()


def test_every_clock_has_a_rule_that_always_holds() -> None:
    for name in (*AT_FILING, "review", "cause"):
        assert any(rule.clock == name and not rule.when and not rule.again for rule in RULES.clocks.clocks), name


def test_what_a_law_sets_ends_at_midnight_and_never_pauses() -> None:
    by_law = [rule for rule in RULES.clocks.clocks if rule.source.startswith("전자상거래법")]
    assert {(rule.clock, rule.business_days) for rule in by_law} == {("progress", 3), ("resolution", 10)}
    assert {(rule.ends, rule.pauses) for rule in by_law} == {("midnight", False)}


def test_all_four_levels_are_called_in_their_order() -> None:
    assert [level.level for level in RULES.clocks.levels] == ["assignee", "lead", "head", "executive"]


def test_recourse_outside_is_named() -> None:
    assert {"1372", "kca"} <= {body.code for body in RULES.policy.recourse}


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("clocks.yaml", "business_minutes: 60,", "", "business_days"),
        ("clocks.yaml", "clock: review", "clock: revue", "clock"),
        ("clocks.yaml", "{level: lead, at: due}", "{level: lead, at: due, after_minutes: 9999}", "levels"),
        ("card.yaml", "quiet_days: 90", "quiet_days: 0", "quiet_days"),
        ("card.yaml", "code: court", "code: kca", "stands twice"),
        ("causes.yaml", "code: material", "code: design", "stands twice"),
        ("causes.yaml", "group: product", "group: nature", "group"),
        ("working_time.yaml", 'opens: "09:00"', 'opens: "25:00"', "opens"),
    ],
)
def test_what_does_not_fit_is_refused_by_file_and_field(
    tmp_path: Path, file: str, before: str, after: str, said: str
) -> None:
    shipped = (HOURS if file == "working_time.yaml" else SHIPPED) / file
    text = shipped.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        CardRules.load(tmp_path)
    assert file in str(refused.value)
    assert said in str(refused.value)


def test_reasons_are_sentences_in_both_languages() -> None:
    for rule in (*BY_RULE, "clock.resolution"):
        unit = {"days": 10} if rule == "clock.resolution" else {}
        because = Because(
            rule=rule,
            version="1",
            inputs={
                "start": "2026-09-23T05:00:00+00:00", "due": "2026-10-13T09:00:00+00:00", "level": "lead",
                "answered_at": "2026-09-23T05:00:00+00:00", "effective_from": "2026-09-01",
                "complaint": "C-2026-000001", "successor": "research", **unit,
            },
            threshold=10,
        )  # fmt: skip
        korean, english = sentence(because, "ko"), sentence(because, "en")
        assert korean != english
        assert "{" not in korean + english
        assert "+00:00" not in korean
    assert set(OF_CLOCKS) == {"days", "minutes"}
