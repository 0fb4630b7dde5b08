"""Which questions the public form asks of whom."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from services.intake.domain.answers import read_answers
from services.intake.domain.classify import SHIPPED
from services.intake.domain.public_form import PublicForm
from shared.rules import load_rules

FILE = Path(SHIPPED) / "public_form.yaml"
FORM = load_rules(FILE, PublicForm)
BODY = {"body": "두유가 상했어요"}


def asked(hazards: tuple[str, ...] = (), **answers: str) -> set[str]:
    return {step.id for step in FORM.asked(answers, hazards)}


def test_a_complaint_is_asked_what_it_is_about() -> None:
    assert asked(kind="complaint") >= {"product", "when", "remedy", "contact", "consent", "review"}
    assert "harm" not in asked(kind="complaint")


@pytest.mark.parametrize("kind", ["praise", "suggestion"])
def test_praise_and_suggestions_are_asked_little(kind: str) -> None:
    assert not asked(kind=kind) & {"when", "remedy", "product", "harm"}


def test_hazards_and_damage_bring_the_questions_about_harm() -> None:
    assert "harm" in asked(("burn",), kind="inquiry")
    assert "harm" in asked(kind="damage")


def test_who_files_for_somebody_else_is_asked_who_they_are() -> None:
    assert "representative" in asked(for_whom="other")
    assert "representative" not in asked(for_whom="self")


@pytest.mark.parametrize(
    "change",
    [
        {"steps": [{"id": "what"}, {"id": "review"}]},
        {"steps": [{"id": "what"}, {"id": "consent"}]},
        {"steps": [{"id": "what"}, {"id": "what"}, {"id": "consent"}, {"id": "review"}]},
        {"steps": [{"id": "what"}, {"id": "consent"}, {"id": "horoscope"}, {"id": "review"}]},
        {"rates": {"page": {"burst": 1, "per_minute": 1.0}}},
    ],
)
def test_a_file_that_no_page_could_show_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PublicForm.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")) | change)


def test_times_are_koreas_and_a_day_alone_is_its_first_minute() -> None:
    for typed, moment in (
        ({"occurred_on": "2026-11-19", "occurred_time": "09:30"}, "2026-11-19T09:30:00+09:00"),
        ({"occurred_on": "2026-11-19"}, "2026-11-19T00:00:00+09:00"),
    ):
        filing, wrong = read_answers(BODY | typed)
        assert wrong == []
        assert filing is not None
        assert filing.occurred_at is not None
        assert filing.occurred_at.isoformat() == moment


def test_persons_are_counted_as_they_were_entered_with_gaps() -> None:
    typed = {"harm.persons.0.injury": "화상", "harm.persons.3.treated": "true", "harm.persons.3.weeks": "2"}
    filing, wrong = read_answers(BODY | {"hurt": "yes"} | typed)
    assert wrong == []
    assert filing is not None
    assert filing.harm.summary().injured == 2
    assert filing.harm.summary().longest_treatment_weeks == 2


def test_nobody_was_hurt_after_all() -> None:
    filing, _ = read_answers(BODY | {"hurt": "no", "harm.persons.0.injury": "화상"})
    assert filing is not None
    assert filing.harm.persons == []


@pytest.mark.parametrize("field", ["a.b.c.d", "body.x", "harm.persons.x.y", "harm.persons", "$where", "", "."])
def test_fields_that_no_form_has_are_refused_without_a_crash(field: str) -> None:
    filing, wrong = read_answers(BODY | {field: "x"})
    assert filing is None or field in ("body.x", "harm.persons.x.y")
    assert wrong or filing
