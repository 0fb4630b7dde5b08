"""What the register knows of the product that a complaint names."""

from dataclasses import dataclass
from typing import Self

from services.intake.domain.products.product import Product


@dataclass(frozen=True, slots=True)
class Registered:
    """Code and name as they are registered, and the code of the product line."""

    code: str
    name: str
    line: str | None = None

    @classmethod
    def of(cls, product: Product | None) -> Self | None:
        """None for a product that is not registered."""
        return cls(product.code, product.name, product.line) if product else None
