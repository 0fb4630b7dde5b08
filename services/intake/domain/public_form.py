"""The public form as data: which question comes next for whom, what has to be answered, what is agreed to."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.rules import Names, RulesFile, RulesPart
from shared.web.rates import Rate

Answers = Mapping[str, str]
"""What was typed, by the dotted name of its field."""
Circumstance = Literal["card", "inquiry", "harmed", "hurt", "for_other"]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,20}$")]
STEPS: Final = (
    "kind", "what", "harm", "product", "when", "remedy", "files", "whom", "representative", "contact", "consent",
    "review",
)  # fmt: skip
"""Every question there is a page for."""
PURPOSES: Final = ("page", "file", "upload", "follow")
MOST_PERSONS: Final = 5
"""Injured persons on the form; more are told in the text, or by telephone."""


class Step(RulesPart):
    """One question: its fields (`*` for several), those that need an answer, and when it is asked."""

    id: StepId
    fields: list[str] = Field(default_factory=list)
    required: list[str] = Field(default_factory=list)
    when: list[Circumstance] = Field(default_factory=list)

    def takes(self, field: str) -> bool:
        """Whether a field belongs to this question."""
        return any(fnmatchcase(field, pattern) for pattern in self.fields)

    def unanswered(self, answers: Answers) -> list[str]:
        """Required fields without an answer."""
        return [field for field in self.required if not answers.get(field)]


class ConsentText(RulesPart):
    """What consent has to say (개인정보 보호법 15조 2항)."""

    purpose: Names
    items: Names
    retention: Names
    refusal: Names


class ConsentTexts(RulesPart):
    """Both consents, asked apart, under one version."""

    version: str = Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")
    processing: ConsentText
    health: ConsentText


class PublicForm(RulesFile):
    """The shape of `public_form.yaml`."""

    steps: list[Step] = Field(min_length=2)
    consent: ConsentTexts
    rates: dict[str, Rate]

    @model_validator(mode="after")
    def _has_what_pages_need(self) -> Self:
        ids = [step.id for step in self.steps]
        if len(set(ids)) != len(ids) or not set(ids) <= set(STEPS):
            raise ValueError(f"steps: each once, of {', '.join(STEPS)}")
        if "what" not in ids or "consent" not in ids or ids[-1] != "review":
            raise ValueError("steps: what and consent are needed, and review comes last")
        if set(self.rates) != set(PURPOSES):
            raise ValueError(f"rates: exactly {', '.join(PURPOSES)}")
        return self

    def step(self, id: str) -> Step | None:
        """The step with this id."""
        return next((step for step in self.steps if step.id == id), None)

    def asked(self, answers: Answers, hazards: Sequence[str]) -> list[Step]:
        """The questions for these answers, in order."""
        holds = circumstances(answers, hazards)
        return [step for step in self.steps if not step.when or holds.intersection(step.when)]


def circumstances(answers: Answers, hazards: Sequence[str]) -> set[Circumstance]:
    """What holds for these answers; `hazards` are kinds that the text tells of."""
    kind = answers.get("kind", "complaint")
    said: dict[Circumstance, bool] = {
        "card": kind in ("complaint", "damage"),
        "inquiry": kind == "inquiry",
        "harmed": bool(hazards) or kind == "damage",
        "hurt": answers.get("hurt") == "yes",
        "for_other": answers.get("for_whom") == "other",
    }
    return {name for name, holds in said.items() if holds}
