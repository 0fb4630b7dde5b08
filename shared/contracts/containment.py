"""Facts about containment (봉쇄): what was ordered to keep a hazard from spreading, told by alerts."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from shared.contracts.event import Event


class ContainmentOrdered(Event):
    """Departments have to act at once: stop a sale, recall from shops, hold a lot. No lots means all of the product."""

    type: ClassVar[str] = "containment.ordered"

    containment_id: str
    issue_id: str
    number: str
    kind: str
    product_code: str | None = None
    product_name: str | None = None
    lots: list[str] = Field(default_factory=list)
    departments: list[str]
    due_at: datetime
    by: str


class ContainmentConfirmed(Event):
    """A department has carried an order out; `left` departments have not yet."""

    type: ClassVar[str] = "containment.confirmed"

    containment_id: str
    issue_id: str
    number: str
    kind: str
    department: str
    by: str
    left: int


class ContainmentLifted(Event):
    """An order does not hold any longer."""

    type: ClassVar[str] = "containment.lifted"

    containment_id: str
    issue_id: str
    number: str
    kind: str
    by: str
    reason: str
