"""A product and its lots, as the register knows them. A code is the same whatever its case."""

from datetime import date, datetime
from typing import ClassVar

from shared.contracts.product import LotChanged, ProductChanged
from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Refused
from shared.language.i18n import _
from shared.language.text import fold

LOT_IN = "/"


class UnknownLine(Refused):
    """Inputs: `lines`, the lines that there are."""

    text = _("There is no such product line; there are: {lines}.")


class UnknownProduct(Refused):
    """Something was said of a product that is not registered."""

    text = _("This product is not in the register; register it first.")


class KnownCode(Refused):
    """A new product or lot under a code that is taken."""

    text = _("This code is registered already.")


def key_of(code: str) -> str:
    """The id of a product or lot of this code."""
    return fold(code).text.strip()


class Product(Aggregate):
    """One product. `line` is a code of the taxonomy's product lines; an inactive one is not offered any more."""

    collection: ClassVar[str] = "products"
    indexes: ClassVar[tuple[Document, ...]] = (index("line", "_id"), index("active", "_id"))
    awaited: ClassVar[bool] = True

    code: str
    name: str
    line: str | None = None
    active: bool = True
    changed_at: datetime | None = None
    changed_by: str | None = None

    def put(self, name: str, line: str | None, active: bool, now: datetime, by: str | None) -> bool:
        """Have it so; whether that is a change. A change is told."""
        if self.changed_at and (self.name, self.line, self.active) == (name, line, active):
            return False
        self.name, self.line, self.active = name, line, active
        self.changed_at, self.changed_by = now, by
        self.record(ProductChanged(product_code=self.code, product_name=name, line=line, active=active, changed_at=now))
        return True


class Lot(Aggregate):
    """One lot of a product: when it was made, and how many units. `made_on` as `2026-10-03`."""

    collection: ClassVar[str] = "lots"
    indexes: ClassVar[tuple[Document, ...]] = (index("product", "-made_on", "-_id"),)

    product: str
    product_code: str
    lot: str
    made_on: str | None = None
    quantity_made: int | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None

    @property
    def day(self) -> date | None:
        """The day on which it was made."""
        return date.fromisoformat(self.made_on) if self.made_on else None

    def put(self, made_on: date | None, quantity_made: int | None, now: datetime, by: str | None) -> bool:
        """Have it so; whether that is a change. A change is told."""
        day = made_on.isoformat() if made_on else None
        if self.changed_at and (self.made_on, self.quantity_made) == (day, quantity_made):
            return False
        self.made_on, self.quantity_made = day, quantity_made
        self.changed_at, self.changed_by = now, by
        self.record(
            LotChanged(
                product_code=self.product_code,
                lot=self.lot,
                made_on=made_on,
                quantity_made=quantity_made,
                changed_at=now,
            )
        )
        return True


def lot_id(product: str, lot: str) -> str:
    """The id of a lot of a product (both by code)."""
    return f"{key_of(product)}{LOT_IN}{key_of(lot)}"
