"""What the rules would say of a text; nothing is stored."""

from typing import Self

from pydantic import BaseModel

from services.intake.domain.classify import Classification
from shared.contracts.because import Because
from shared.contracts.complaint import CategoryCandidate, RoutedTo


class PreviewOut(BaseModel):
    """What would be decided, with reasons. `category_name` by language."""

    category: str
    category_name: dict[str, str]
    candidates: list[CategoryCandidate]
    hazards: list[str]
    severity: str
    complexity: str
    impact: str
    immediate_action: bool
    confidence: float
    departments: list[RoutedTo]
    because: list[Because]

    @classmethod
    def of(cls, decided: Classification, names: dict[str, str]) -> Self:
        """A decision that binds nobody."""
        return cls(category_name=names, **dict(decided))
