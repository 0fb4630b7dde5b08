"""The checklist of an issue (조치 목록): the playbook's actions, who did them, and what is still open."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from shared.contracts.issue import Step

ItemState = Literal["open", "done", "skipped", "lapsed"]


class Item(BaseModel):
    """One action. Its words are those of the playbook that added it. `revision` counts what people did to it.

    `occurrence` is the opening of the issue that it belongs to; `lapsed`: the step was lowered before it was done.
    """

    id: str
    step: Step
    text: dict[str, str]
    role: str
    department: str | None = None
    mandatory: bool
    due_at: datetime
    occurrence: int = 1
    state: ItemState = "open"
    by: str | None = None
    at: datetime | None = None
    note: str | None = None
    evidence: str | None = None
    undone: bool = False
    overdue: bool = False
    revision: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing has to be done about it any more."""
        return self.state in ("done", "skipped")

    def settle(self, state: ItemState, by: str, now: datetime, note: str | None, evidence: str | None) -> None:
        """A person says what became of it."""
        self.state, self.by, self.at, self.note, self.evidence = state, by, now, note, evidence
        self.revision += 1

    def open_again(self) -> None:
        """It has to be done after all."""
        self.state, self.by, self.at, self.note, self.evidence = "open", None, None, None, None
        self.revision += 1
