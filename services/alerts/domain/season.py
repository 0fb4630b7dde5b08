"""Seasons (계절): months in which a notice holds every year, by Korean time."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from shared.runtime.clock import KOREA

Month = Annotated[int, Field(ge=1, le=12)]
MONTHS = 12


class Season(BaseModel):
    """From the first day of month `first` to the last day of month `last`; it may go over the turn of the year."""

    first: Month
    last: Month

    @property
    def is_whole_year(self) -> bool:
        """Whether it never ends, and so is no season."""
        return self.last % MONTHS + 1 == self.first

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in the season."""
        month = moment.astimezone(KOREA).month
        if self.first <= self.last:
            return self.first <= month <= self.last
        return month >= self.first or month <= self.last

    def turns_at(self, moment: datetime) -> datetime:
        """When it next begins or ends after the moment: midnight in Korea, on the first day of a month."""
        local = moment.astimezone(KOREA)
        wanted = self.last % MONTHS + 1 if self.holds(moment) else self.first
        year = local.year + (1 if wanted <= local.month else 0)
        return datetime(year, wanted, 1, tzinfo=KOREA).astimezone(UTC)
