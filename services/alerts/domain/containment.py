"""Containment (봉쇄): what was ordered to keep a hazard from spreading, and which departments have carried it out."""

from datetime import datetime

from pydantic import BaseModel, Field

from shared.errors import Conflict, Forbidden, Refused
from shared.language.i18n import _

MOST_IN_FORCE = 20


class Execution(BaseModel):
    """A department's part. `by` confirmed it; `on_behalf`: somebody who may order did so for the department."""

    department: str
    by: str | None = None
    at: datetime | None = None
    note: str | None = None
    on_behalf: bool = False


class Containment(BaseModel):
    """One order. No `lots` means every unit of the product. It holds until it is lifted."""

    id: str
    kind: str
    text: dict[str, str]
    product_code: str | None = None
    product_name: str | None = None
    lots: list[str] = Field(default_factory=list)
    instruction: str | None = None
    ordered_by: str
    ordered_at: datetime
    due_at: datetime
    executions: list[Execution]
    overdue: bool = False
    lifted_by: str | None = None
    lifted_at: datetime | None = None
    reason: str | None = None

    @property
    def in_force(self) -> bool:
        """Whether it holds."""
        return self.lifted_by is None

    @property
    def left(self) -> list[str]:
        """Departments that have not confirmed yet."""
        return [execution.department for execution in self.executions if execution.by is None]

    @property
    def waits(self) -> bool:
        """Whether it holds and somebody still has to carry it out."""
        return self.in_force and bool(self.left)

    def covers(self, kind: str, lots: list[str]) -> bool:
        """Whether another order of this kind for these lots would add nothing."""
        return self.in_force and self.kind == kind and (not self.lots or (bool(lots) and set(lots) <= set(self.lots)))


class UnknownKind(Refused):
    """There is no such order."""

    text = _("There is no such containment order; choose one of those listed.")


class UnknownDepartment(Refused):
    """A department that does not exist, or was closed."""

    text = _("There is no such department; choose one of those listed.")


class NoDepartment(Refused):
    """An order that nobody has to carry out."""

    text = _("Name at least one department that has to carry it out.")


class OrderedAlready(Conflict):
    """An order in force covers this one."""

    text = _("The same is ordered already for this product and these lots.")


class TooManyOrders(Conflict):
    """So many orders cannot be followed by anyone."""

    text = _("{most} orders are in force for this issue already; lift some of them first.")


class ConfirmedAlready(Conflict):
    """The department has confirmed."""

    text = _("This department has confirmed already.")


class LiftedAlready(Conflict):
    """The order does not hold any longer."""

    text = _("This order was lifted already.")


class NotYourDepartment(Forbidden):
    """Only the department itself, or who may order, confirms."""

    text = _("Only someone of this department, or whoever may order containment, can confirm it.")
