"""Which containment orders there are, for whom, and how fast. Rules as data."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, model_validator

from services.alerts.domain.playbook import whole_milliseconds
from shared.rules import Names, RulesFile, RulesPart


class ContainmentKind(RulesPart):
    """What can be ordered. `departments` are proposed; `within` is how many seconds they have."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    text: Names
    instruction: Names
    departments: list[str]
    within: Annotated[float, Field(gt=0)]

    @property
    def time(self) -> timedelta:
        """How long there is for it."""
        return whole_milliseconds(self.within)


class ContainmentRules(RulesFile):
    """All kinds of one version."""

    kinds: Annotated[list[ContainmentKind], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> "ContainmentRules":
        names = [kind.kind for kind in self.kinds]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f'kinds: "{twice[0]}" stands twice')
        return self

    def kind(self, name: str) -> ContainmentKind | None:
        """The kind of this name."""
        return next((kind for kind in self.kinds if kind.kind == name), None)
