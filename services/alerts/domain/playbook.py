"""The playbook: which step an issue calls for, whom it calls, what has to be done until when. Rules as data."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from services.alerts.domain.case import RANK, SeverityOrNone
from shared.contracts.because import Because
from shared.contracts.issue import Step
from shared.identity.organisation import Organisation
from shared.identity.principal import ROLES
from shared.rules import Names, RulesFile, RulesPart


def _known(role: str) -> str:
    if role not in ROLES:
        raise ValueError(f'"{role}" is no role; one of {", ".join(sorted(ROLES))}')
    return role


RoleName = Annotated[str, AfterValidator(_known)]


class Trigger(RulesPart):
    """Calls for `step` when the worst hazard is at least `severity` and there are at least `complaints`."""

    rule: str
    step: Annotated[int, Field(ge=1, le=3)]
    severity: SeverityOrNone = "none"
    complaints: Annotated[int, Field(ge=1)] = 1
    text: Names

    def holds(self, severity: SeverityOrNone, complaints: int) -> bool:
        """Whether it calls for its step."""
        return RANK[severity] >= RANK[self.severity] and complaints >= self.complaints


class Action(RulesPart):
    """What has to be done on a step: by a role (of one department, if named), `within` so many seconds."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    role: RoleName
    department: str | None = None
    within: Annotated[float, Field(gt=0)]
    mandatory: bool
    text: Names

    @property
    def time(self) -> timedelta:
        """How long there is for it."""
        return whole_milliseconds(self.within)


class StepRule(RulesPart):
    """What a step binds people to; times in seconds, `call` are roles in order, `overdue` those told of late actions.

    `call_again_after`: a complaint as grave as the step's that comes this long after the acknowledgement calls anew.
    """

    step: Annotated[int, Field(ge=1, le=3)]
    call: Annotated[list[RoleName], Field(min_length=1)]
    acknowledge_within: Annotated[float, Field(gt=0)]
    rounds: Annotated[int, Field(ge=1, le=20)]
    call_again_after: Annotated[float, Field(gt=0)]
    overdue: list[RoleName]
    actions: list[Action]

    @property
    def calm(self) -> timedelta:
        """How long an acknowledgement stands for what comes after it."""
        return whole_milliseconds(self.call_again_after)

    @property
    def patience(self) -> timedelta:
        """How long a person who is called has."""
        return whole_milliseconds(self.acknowledge_within)


class Recurrence(RulesPart):
    """Until when a further complaint opens a closed issue again, and to which step an issue goes that had alarmed."""

    within_days: Annotated[int, Field(ge=0, le=3650)]
    step: Annotated[int, Field(ge=0, le=3)]
    text: Names

    @property
    def window(self) -> timedelta:
        """How long after its end an issue may open again."""
        return timedelta(days=self.within_days)


class StepDue(RulesPart):
    """The step that an issue has to be on, and why."""

    step: Step
    because: Because


class Playbook(RulesFile):
    """All triggers and steps of one version."""

    triggers: list[Trigger]
    recurrence: Recurrence
    silence_at_most: Annotated[float, Field(gt=0)]
    steps: list[StepRule]

    @model_validator(mode="after")
    def _fits_together(self) -> "Playbook":
        if sorted(rule.step for rule in self.steps) != [1, 2, 3]:
            raise ValueError("steps: there has to be exactly one entry for each of 1, 2 and 3")
        ids = [action.id for rule in self.steps for action in rule.actions]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f'steps: actions: "{twice[0]}" stands twice')
        return self

    def rule(self, step: int) -> StepRule:
        """What the step binds people to; `StopIteration` for step 0, which binds nobody."""
        return next(rule for rule in self.steps if rule.step == step)

    def step_for(self, severity: SeverityOrNone, complaints: int, words: list[str]) -> StepDue | None:
        """The highest step that a trigger calls for; None when the issue is only watched."""
        held = [t for t in self.triggers if t.holds(severity, complaints)]
        if not held:
            return None
        first = max(held, key=lambda t: t.step)
        because = Because(
            rule=f"playbook.{first.rule}",
            version=self.version,
            inputs={"severity": severity, "complaints": complaints},
            threshold=f"{first.severity} × {first.complaints}",
            words=words,
        )
        return StepDue(step=as_step(first.step), because=because)

    def steps_without_people(self, organisation: Organisation) -> list[int]:
        """Steps that would call nobody: the organisation has no person in any of their roles."""
        return [rule.step for rule in self.steps if not any(map(organisation.with_role, rule.call))]


def whole_milliseconds(seconds: float) -> timedelta:
    """MongoDB keeps no finer times, and a timer knows its call by its time."""
    return timedelta(milliseconds=max(1, round(seconds * 1000)))


def as_step(number: int) -> Step:
    """A whole number as a step."""
    return 3 if number >= 3 else 2 if number == 2 else 1 if number == 1 else 0
