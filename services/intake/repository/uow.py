"""The unit of work with intake's words."""

from datetime import datetime

from services.intake.domain.acceptance import Deciding
from services.intake.domain.complaint import Complaint
from services.intake.domain.telling import in_confidence
from shared.db.uow import Told, Uow
from shared.runtime.clock import year_in_korea


class IntakeUow(Uow):
    """The unit of work with intake's words."""

    rules: Deciding

    def number_series(self, filed_at: datetime) -> str:
        """Series of complaint numbers: one for each year of filing, by Korean time."""
        return f"C-{year_in_korea(filed_at)}"

    def take_told(self) -> list[Told]:
        """What is told, of a complaint about an employee without what was said in it."""
        told, about_conduct = super().take_told(), self.rules.sight.about_conduct
        for one in told:
            if isinstance(one.aggregate, Complaint) and one.aggregate.category in about_conduct:
                one.event = in_confidence(one.event, one.aggregate.language)
        return told
