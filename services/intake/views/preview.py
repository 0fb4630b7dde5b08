"""What the rules would say while somebody writes."""

from dataclasses import dataclass, field

from services.intake.views.complaint import DepartmentView


@dataclass(frozen=True, slots=True)
class LikelyView:
    """A category that it may be, with its score in percent."""

    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class AlikeView:
    """A complaint that is likely about the same, and why."""

    href: str
    number: str
    title: str
    percent: int
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A decision that binds nobody, and complaints that look alike; None when the search does not answer."""

    categories: list[LikelyView]
    because: list[str]
    hazards: list[str]
    hazard_words: list[str]
    severity: str
    immediate: bool
    departments: list[DepartmentView] = field(default_factory=list)
    alike: list[AlikeView] | None = None
