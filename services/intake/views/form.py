"""What a form shows: what was typed, what was wrong with it, and what was uploaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.intake.domain.drafts import DraftFile
from shared.web.field_errors import FieldError


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as it was typed. A field has at most one error on show, the first."""

    answers: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[FieldError] = ()

    def value(self, name: str) -> str:
        """What was typed into a field."""
        return self.answers.get(name, "")

    def wrong(self, name: str) -> str:
        """What is wrong with a field, empty when nothing is."""
        return next((error.message for error in self.errors if error.field == name), "")


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answer on the review page; `values` are shown one below the other."""

    step: str
    name: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class StepView:
    """One question. `back` is the step before, `number` of `total` says where one is."""

    id: str
    form: FormView
    number: int
    total: int
    back: str | None
    persons: list[int] = field(default_factory=lambda: [0])
    hazards: list[str] = field(default_factory=list)
    files: Sequence[DraftFile] = ()
    review: list[ReviewLine] = field(default_factory=list)
    health: bool = False
    for_other: bool = False
    started: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What a visitor takes along; `due` says by when `progress` is told, and the `resolution`."""

    number: str
    secret: str
    due: Mapping[str, datetime] = field(default_factory=dict)
