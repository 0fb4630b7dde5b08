"""What the invented company sells: six lines, their products, lots, and what was sold of them (`products.yaml`)."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from shared.rules import Names, RulesFile, RulesPart, load_rules

FILE: Final = Path(__file__).with_name("products.yaml")


class Lot(RulesPart):
    """One lot. `made` is days before the week's Monday, `sold` units a week, the week played last."""

    code: str
    made: int
    quantity: int = Field(ge=1)
    sold: list[Annotated[int, Field(ge=0)]] = Field(min_length=5, max_length=5)


class Product(RulesPart):
    """One product of a line."""

    code: str
    names: Names
    line: str
    lots: list[Lot]


class Line(RulesPart):
    """One of the six product lines; `family` is the line of intake's taxonomy."""

    code: str
    family: Literal["food", "appliance", "home_shopping"]
    names: Names


class Products(RulesFile):
    """The shape of `products.yaml`."""

    lines: list[Line] = Field(min_length=6)
    products: list[Product] = Field(min_length=1)

    @cached_property
    def by_code(self) -> dict[str, Product]:
        """Every product, by its code."""
        return {product.code: product for product in self.products}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        lines = {line.code for line in self.lines}
        codes = [product.code for product in self.products] + [lot.code for p in self.products for lot in p.lots]
        for product in self.products:
            if product.line not in lines:
                raise ValueError(f'products: {product.code}: there is no line "{product.line}"')
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f'products: "{code}" stands twice')
        return self


def load_products() -> Products:
    """What the company sells. Raises RulesError."""
    return load_rules(FILE, Products)
