"""Facts about improvement tasks (개선과제), told by accountability (책임 개선제)."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.event import Event


class ImprovementVerified(Event):
    """A fix was verified as effective: the cause is gone for units made from its effective date or lot on.

    It speaks for every complaint of `issue_id` and for those listed. `category` is what they complain of.
    """

    type: ClassVar[str] = "improvement.verified"

    improvement_id: str
    issue_id: str | None = None
    complaint_ids: list[str] = Field(default_factory=list)
    product_code: str | None = None
    category: str | None = None
    effective_from: date
    effective_lot: str | None = None
    verified_by: str
    evidence: Literal["test_report", "inspection", "document", "figures", "observation"]
    because: list[Because] = Field(default_factory=list)
