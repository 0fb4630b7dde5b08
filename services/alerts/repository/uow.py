"""The unit of work of alerts, and the rules that it decides by."""

from dataclasses import dataclass

from services.alerts.domain.case import Case
from services.alerts.domain.containment_rules import ContainmentRules
from services.alerts.domain.issue import Issue, closed
from services.alerts.domain.playbook import Playbook
from shared.db.uow import Told, Uow
from shared.db.wants import Want
from shared.errors import NotFound
from shared.identity.principal import ANYONE, Principal
from shared.language.hazards import HazardRules
from shared.runtime.clock import year_in_korea


@dataclass(frozen=True)
class AlertsRules:
    """Everything that alerts decides by."""

    hazards: HazardRules
    playbook: Playbook
    containment: ContainmentRules


class AlertsUow(Uow):
    """The unit of work with alerts' words."""

    rules: AlertsRules

    @property
    def person(self) -> Principal:
        """Who asks."""
        return self.cause.principal or ANYONE

    async def known(self, complaint_id: str, series: str) -> Case | None:
        """The case of a complaint; the issues of its series are loaded in the same round trip."""
        wants = Want(Issue, "open_series", series), Want(Issue, "open_series", closed(series))
        await self.fetch(Want(Case, "_id", complaint_id), *wants)
        return await self.get(Case, complaint_id)

    async def behind(self, series: str) -> Issue | None:
        """The open issue of a series."""
        return next(iter(await self.find(Issue, open_series=series)), None)

    async def closed(self, series: str) -> Issue | None:
        """The closed issue that a further complaint of the series may open again."""
        return next(iter(await self.find(Issue, open_series=closed(series))), None)

    async def issue(self, id: str) -> Issue:
        """An issue about which a person decides; raises `NotFound`."""
        issue = await self.get(Issue, id, decide=True)
        if issue is None:
            raise NotFound
        return issue

    async def joined(self, issue: Issue) -> list[Issue]:
        """The issues that were joined to this one."""
        await self.fetch(*(Want(Issue, "_id", id) for id in issue.joined))
        return [await self.need(Issue, id) for id in issue.joined]

    def number_series(self, letter: str = "I") -> str:
        """Series of readable numbers: one a year, by Korean time."""
        return f"{letter}-{year_in_korea(self.now)}"

    def take_told(self) -> list[Told]:
        """What happened to issues is stored, a row a moment, with the change that it belongs to."""
        for issue in [one for one in self._touched.values() if isinstance(one, Issue) and one.happened]:
            for moment in issue.take_happened():
                self.add(moment)
        return super().take_told()
