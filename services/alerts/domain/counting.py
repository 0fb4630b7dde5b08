"""What an issue counts, taken from its complaints themselves: for a rebuild, which compares and mends."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.alerts.domain.case import SeverityOrNone
from services.alerts.domain.growing import DAYS_KEPT, keep_newest
from services.alerts.domain.issue import Issue


@dataclass
class Counts:
    """Complaints of an issue by day and, of those that are no imported history, by severity.

    What has come in since somebody judged the issue (`fresh`) is theirs, and not counted anew.
    """

    days: Counter[str] = field(default_factory=Counter)
    severities: Counter[SeverityOrNone] = field(default_factory=Counter)

    def add(self, day: str, severity: SeverityOrNone, imported: bool, count: int) -> None:
        """So many complaints of one day and severity."""
        self.days[day] += count
        if not imported:
            self.severities[severity] += count

    def put(self, issue: Issue) -> None:
        """Have the issue count so."""
        issue.complaints, issue.alarming = self.days.total(), self.severities.total()
        issue.days, issue.severities = keep_newest(dict(self.days)), dict(self.severities)
        issue.severity = issue.worst(issue.severities)

    def fits(self, issue: Issue) -> bool:
        """Whether the issue counts so already; a day or severity with no complaint left is as good as none."""
        if (issue.complaints, issue.alarming) != (self.days.total(), self.severities.total()):
            return False
        if issue.severity != issue.worst(dict(self.severities)) or +Counter(issue.severities) != +self.severities:
            return False
        newest = issue.days if len(issue.days) >= DAYS_KEPT else self.days
        return all(issue.days.get(day, 0) == self.days[day] for day in {*newest, *issue.days})


def together(parts: Iterable[Counts]) -> Counts:
    """An issue with those that were joined to it."""
    whole = Counts()
    for part in parts:
        whole.days += part.days
        whole.severities += part.severities
    return whole
