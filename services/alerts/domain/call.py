"""A call (호출): who is rung on a step, whose turn it is, and until when."""

from datetime import datetime

from pydantic import BaseModel, Field

from shared.contracts.issue import Step


class Call(BaseModel):
    """Who is called on a step. `turn` counts from 0 along the chain, over all rounds.

    `held_until`: the issue is silent, and nobody is rung before this time. `rung` says when each turn so far was,
    `message` is the id of what the person called now was told.
    """

    step: Step
    chain: list[str]
    turn: int = 0
    acknowledge_by: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    given_up: bool = False
    held_until: datetime | None = None
    rung: list[datetime] = Field(default_factory=list)
    message: str | None = None

    @property
    def person(self) -> str:
        """Who is called now; empty when there is nobody to call."""
        return self.chain[self.turn % len(self.chain)] if self.chain else ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to acknowledge."""
        return self.acknowledged_by is None

    @property
    def rings(self) -> bool:
        """Whether somebody is being rung, and a clock runs."""
        return self.is_open and self.held_until is None and not self.given_up

    def answer(self, person: str, now: datetime) -> None:
        """A person takes it."""
        self.acknowledged_by, self.acknowledged_at, self.held_until = person, now, None
