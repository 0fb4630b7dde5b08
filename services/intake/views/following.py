"""What one who complained sees of their complaint: no names of staff, no departments' papers, no reasons of rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One happening in plain words; `text` is what somebody wrote, `mine` whether the customer did it."""

    at: datetime
    words: str
    text: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer as it was written; where one can turn to is named by those who decide."""

    at: datetime
    final: bool
    text: str
    remedies: list[str] = field(default_factory=list)
    recourse: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FollowView:
    """A complaint for the one who complained. `may` are the things that can be done now."""

    number: str
    title: str
    said: str
    filed_at: datetime
    sign: Sign
    now: str
    due: list[tuple[str, datetime]]
    steps: list[StepTaken]
    answers: list[AnswerShown]
    may: frozenset[str]
    files: int
    stars: int | None = None
    errors: Sequence[str] = ()
    words: str = ""
