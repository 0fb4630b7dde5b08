"""The product register on a desk: who keeps it, and what stands in it."""

from typing import Any

from services.intake.domain.products.product import Product
from services.intake.domain.products.rows import BadRow, ExposureRow, GoodRow, ProductRow
from services.intake.domain.products.said import ProductSaid
from services.intake.domain.products.taken import Taken
from services.intake.handlers.products import put_product
from services.intake.handlers.table_rows import take_rows
from services.intake.repository.uow import IntakeUow
from services.intake.service import rules_of
from shared.identity.principal import Principal
from shared.runtime.settings import Settings
from shared.testing.fake import Desk

RULES = rules_of(Settings(mode="local"))
KEEPER = Principal("p-011", "관리", frozenset({"cs_manager"}), "person")
ERP = Principal("erp", "ERP", frozenset({"products:write"}), "system")


def a_desk() -> Desk:
    return Desk(IntakeUow, RULES)


def anything(_: int) -> None:
    """Whichever version is expected."""


async def register(
    desk: Desk, code: str = "RC-880", name: str = "압력밥솥 880", line: str | None = "appliance"
) -> Product:
    """Put a product into the register."""
    said = ProductSaid(name=name, line=line)
    product: Product = await desk.handle(put_product, code, said, anything, by=KEEPER)
    return product


async def take(desk: Desk, *rows: dict[str, Any], by: Principal = KEEPER, assumed: tuple[str, ...] = ()) -> Taken:
    """Take rows of a table; those with a `period` are figures."""
    good: list[GoodRow | BadRow] = [
        GoodRow(number, {}, (ExposureRow if "period" in row else ProductRow).model_validate(row))
        for number, row in enumerate(rows, start=2)
    ]
    taken: Taken = await desk.handle(take_rows, good, assumed, by=by)
    return taken
