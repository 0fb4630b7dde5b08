"""What became of an action for many complaints."""

from dataclasses import dataclass

from services.intake.views.form import FormView


@dataclass(frozen=True, slots=True)
class Outcome:
    """One complaint: done, or refused and why."""

    number: str
    href: str
    text: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class BulkView:
    """All of them; `form` holds what was wrong when nothing was done at all."""

    outcomes: list[Outcome]
    back: str
    form: FormView | None = None

    @property
    def done(self) -> int:
        """How many were done."""
        return sum(outcome.is_done for outcome in self.outcomes)

    @property
    def refused(self) -> list[Outcome]:
        """Those that were not."""
        return [outcome for outcome in self.outcomes if not outcome.is_done]
