"""Routing: which departments are called on, in parallel, and which of their three levels of people."""

from typing import Literal

from pydantic import Field

from services.intake.domain.condition import Condition, Known
from shared.contracts.because import Because
from shared.contracts.complaint import RoutedTo, Severity
from shared.identity.organisation import Organisation
from shared.rules import RulesFile

Rank = Literal["head", "lead", "assignee"]
Called = dict[str, list[Because]]


class Route(Condition):
    """Departments to call on if this holds. `for_safety` routes do not wait for a certain category."""

    id: str
    departments: list[str] = Field(min_length=1)
    for_safety: bool = False


class Routing(RulesFile):
    """The shape of `routing.yaml`."""

    cs_office: str
    least_confidence: float = Field(ge=0, le=1)
    routes: list[Route] = Field(min_length=1)
    levels: dict[Severity, list[Rank]]

    def route(self, known: Known, severity: Severity, confidence: float, organisation: Organisation) -> list[RoutedTo]:
        """The departments called on, each once; below the least confidence the CS office keeps it."""
        called = self._called(known, confidence)
        return [
            RoutedTo(
                department=code,
                head=department.head,
                lead=department.lead,
                assignee=department.assignee,
                levels=list(self.levels[severity]),
                because=because,
            )
            for code, because in called.items()
            if (department := organisation.department(code))
        ]

    def missing(self, organisation: Organisation) -> list[str]:
        """Departments that these rules call on and the organisation does not have."""
        codes = {self.cs_office, *(code for route in self.routes for code in route.departments)}
        return sorted(code for code in codes if organisation.department(code) is None)

    def _called(self, known: Known, confidence: float) -> Called:
        certain = confidence >= self.least_confidence
        called: Called = {} if certain else {self.cs_office: [self._uncertain(confidence)]}
        for route in self.routes:
            if (certain or route.for_safety) and route.holds(known):
                because = Because(rule=f"route.{route.id}", version=self.version, inputs=route.inputs(known))
                for code in route.departments:
                    called.setdefault(code, []).append(because)
        return called or {self.cs_office: [self._uncertain(confidence)]}

    def _uncertain(self, confidence: float) -> Because:
        return Because(
            rule="route.cs_office",
            version=self.version,
            inputs={"confidence": confidence},
            threshold=self.least_confidence,
        )
