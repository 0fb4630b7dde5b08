"""Shapes of look-alikes."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints

from services.intake.domain.lookalikes import Lookalike
from shared.contracts.because import Because
from shared.web.shapes import Id, In, Line

MOST = 20
USUAL = 5
DraftText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]


class LookalikesIn(In):
    """What is being written. `besides` is a complaint that is not its own look-alike."""

    text: DraftText
    product_code: Line | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL
    besides: Id | None = None


class LookalikeOut(BaseModel):
    """A complaint that is likely about the same. `score` from 0 to 1, `reason` says why in the reader's language."""

    id: str
    number: str
    title: str
    product_code: str | None
    product_name: str | None
    category_name: dict[str, str]
    severity: str
    state: str
    filed_at: datetime
    score: float
    because: list[Because]
    reason: str

    @classmethod
    def of(cls, found: Lookalike, reason: str) -> Self:
        """A look-alike as it is shown."""
        complaint = found.complaint
        return cls(
            id=complaint.id,
            number=complaint.number,
            title=complaint.title,
            product_code=complaint.product_code,
            product_name=complaint.product_name,
            category_name=complaint.category_name,
            severity=complaint.severity,
            state=complaint.state,
            filed_at=complaint.filed_at,
            score=found.score,
            because=[found.because],
            reason=reason,
        )


class LookalikesOut(BaseModel):
    """Likeliest first. `index_percent`: how much of the complaints could be looked at; 100 but soon after a start."""

    items: list[LookalikeOut]
    index_percent: int
