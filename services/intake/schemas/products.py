"""Shapes of the product register."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field

from services.intake.domain.products.exposure import Exposure
from services.intake.domain.products.product import Lot, Product
from services.intake.domain.products.said import ExposureSaid
from shared.web.shapes import In

MOST_FIGURES = 500


class ProductOut(BaseModel):
    """A product. `line` is a code of the taxonomy's product lines."""

    code: str
    name: str
    line: str | None
    active: bool
    changed_at: datetime | None

    @classmethod
    def of(cls, product: Product) -> Self:
        """A product as it is stored."""
        return cls(**product.model_dump(include=set(cls.model_fields)))


class ProductChoice(BaseModel):
    """A product as anybody may choose it."""

    code: str
    name: str

    @classmethod
    def of(cls, product: Product) -> Self:
        """Its code and name."""
        return cls(code=product.code, name=product.name)


class LotOut(BaseModel):
    """A lot of a product."""

    product_code: str
    lot: str
    made_on: date | None
    quantity_made: int | None
    changed_at: datetime | None

    @classmethod
    def of(cls, lot: Lot) -> Self:
        """A lot as it is stored."""
        return cls(**lot.model_dump(include=set(cls.model_fields)))


class ExposureOut(BaseModel):
    """Units sold or shipped in a period, by one source."""

    id: str
    product_code: str
    lot: str | None
    measure: str
    period: str
    starts_on: date
    ends_on: date
    units: int
    source: str
    reported_at: datetime | None

    @classmethod
    def of(cls, figure: Exposure) -> Self:
        """A figure as it is stored."""
        return cls(**figure.model_dump(include=set(cls.model_fields)))


class ExposuresIn(In):
    """Figures that hold all together or not at all; the same again changes nothing."""

    figures: Annotated[list[ExposureSaid], Field(min_length=1, max_length=MOST_FIGURES)]


class ExposuresOut(BaseModel):
    """The figures as they are now."""

    figures: list[ExposureOut]

    @classmethod
    def of(cls, figures: Sequence[Exposure]) -> Self:
        """As they are stored."""
        return cls(figures=[ExposureOut.of(figure) for figure in figures])
