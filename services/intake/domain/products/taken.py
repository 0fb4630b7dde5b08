"""What came of one part of a file."""

from dataclasses import dataclass, field
from typing import Literal

from services.intake.domain.products.rows import BadRow

Result = Literal["added", "changed", "same"]


@dataclass(slots=True)
class Taken:
    """How many rows came to what, and those that were refused; `new` are the keys of products that were added."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[BadRow] = field(default_factory=list)
    new: set[str] = field(default_factory=set)

    def count(self, result: Result) -> None:
        """One row more that came to this."""
        setattr(self, result, getattr(self, result) + 1)
