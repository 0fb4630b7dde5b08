"""Routing: which departments are called on, in parallel, and which of their three levels of people."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from services.intake.domain.condition import Condition, Conditions, Known
from shared.contracts.because import Because
from shared.contracts.complaint import RoutedTo, Severity
from shared.identity.organisation import Organisation
from shared.rules import RulesFile, RulesPart

Rank = Literal["head", "lead", "assignee"]
Called = dict[str, list[Because]]


class Route(Condition):
    """Departments to call on if this holds. `for_safety` routes do not wait for a certain category."""

    id: str
    departments: list[str] = Field(min_length=1)
    for_safety: bool = False


class Levels(RulesPart):
    """Which levels a complaint of each severity calls on."""

    critical: list[Rank] = Field(min_length=1)
    serious: list[Rank] = Field(min_length=1)
    moderate: list[Rank] = Field(min_length=1)
    minor: list[Rank] = Field(min_length=1)


class Routing(RulesFile):
    """The shape of `routing.yaml`."""

    cs_office: str
    least_confidence: float = Field(ge=0, le=1)
    routes: list[Route] = Field(min_length=1)
    levels: Levels

    @cached_property
    def _all(self) -> Conditions[Route]:
        return Conditions(self.routes, self._because)

    def route(self, known: Known, severity: Severity, confidence: float, organisation: Organisation) -> list[RoutedTo]:
        """The departments called on, each once: a closed one's successor, the CS office for one that nobody has.

        Below the least confidence the CS office keeps the complaint, beside those that a hazard calls on.
        """
        called: Called = {}
        for code, because in self._reasons(known, confidence):
            department = organisation.in_charge(code)
            called.setdefault(department.code if department else self.cs_office, []).append(because)
        levels: list[str] = list(getattr(self.levels, severity))
        return [
            RoutedTo(
                department=code,
                head=department.head,
                lead=department.lead,
                assignee=department.assignee,
                levels=levels,
                because=because,
            )
            for code, because in called.items()
            if (department := organisation.in_charge(code))
        ]

    def _reasons(self, known: Known, confidence: float) -> Iterator[tuple[str, Because]]:
        certain = confidence >= self.least_confidence
        routes = [(route, because) for route, because in self._all.holding(known) if certain or route.for_safety]
        if not certain or not routes:
            yield self.cs_office, self._uncertain(confidence)
        for route, because in routes:
            for code in route.departments:
                yield code, because

    def _because(self, route: Route, known: Known) -> Because:
        return Because(rule=f"route.{route.id}", version=self.version, inputs=route.inputs(known))

    def _uncertain(self, confidence: float) -> Because:
        return Because(
            rule="route.cs_office",
            version=self.version,
            inputs={"confidence": confidence},
            threshold=self.least_confidence,
        )
