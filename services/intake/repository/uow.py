"""The unit of work with intake's words."""

from datetime import datetime

from services.intake.domain.acceptance import Deciding
from shared.db.uow import Uow
from shared.runtime.clock import year_in_korea


class IntakeUow(Uow):
    """The unit of work with intake's words."""

    rules: Deciding

    def number_series(self, filed_at: datetime) -> str:
        """Series of complaint numbers: one for each year of filing, by Korean time."""
        return f"C-{year_in_korea(filed_at)}"
