"""The unit of work with intake's words."""

from services.intake.domain.acceptance import Deciding
from shared.db.uow import Uow
from shared.runtime.clock import year_in_korea


class IntakeUow(Uow):
    """The unit of work with intake's words."""

    rules: Deciding

    def number_series(self) -> str:
        """Series of complaint numbers: one a year, by Korean time."""
        return f"C-{year_in_korea(self.now)}"
