"""Shapes of how the work on an issue stands: its checklist and its containment orders."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.alerts.domain.checklist import Item
from services.alerts.domain.containment import Containment


class ItemOut(BaseModel):
    """One action of the checklist. `revision` counts what people did to it."""

    id: str
    step: int
    text: dict[str, str]
    role: str
    department: str | None
    mandatory: bool
    due_at: datetime
    occurrence: int
    state: str
    by: str | None
    at: datetime | None
    note: str | None
    evidence: str | None
    undone: bool
    overdue: bool
    revision: int

    @classmethod
    def of(cls, item: Item) -> Self:
        """An action."""
        return cls.model_validate(item.model_dump())


class ExecutionOut(BaseModel):
    """A department's part of an order."""

    department: str
    by: str | None
    at: datetime | None
    note: str | None
    on_behalf: bool


class ContainmentOut(BaseModel):
    """A containment order; it holds until `lifted_at`."""

    id: str
    kind: str
    text: dict[str, str]
    product_code: str | None
    product_name: str | None
    lots: list[str]
    instruction: str | None
    ordered_by: str
    ordered_at: datetime
    due_at: datetime
    executions: list[ExecutionOut]
    overdue: bool
    lifted_by: str | None
    lifted_at: datetime | None
    reason: str | None

    @classmethod
    def of(cls, order: Containment) -> Self:
        """An order."""
        return cls.model_validate(order.model_dump())

    def without_notes(self) -> Self:
        """The same without what people wrote about it; the instruction is for all who carry it out."""
        parts = [part.model_copy(update={"note": None}) for part in self.executions]
        return self.model_copy(update={"executions": parts, "reason": None})
