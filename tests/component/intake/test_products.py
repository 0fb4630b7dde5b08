"""The product register: what is put into it, and what it tells."""

from datetime import date

import pytest

from services.intake.domain.products.product import KnownCode, Lot, Product, UnknownLine, UnknownProduct
from services.intake.domain.products.said import LotSaid, ProductSaid
from services.intake.handlers.products import add_product, put_lot, put_product
from shared.contracts.product import LotChanged, ProductChanged
from shared.errors import StaleVersion
from shared.web.etags import Expected
from tests.component.intake.register import a_desk, anything, register


async def test_a_product_is_registered_and_told_once() -> None:
    desk = a_desk()
    for _ in range(3):
        await register(desk)
    (told,) = desk.emitted(ProductChanged)
    assert (told.product_code, told.product_name, told.line, told.active) == (
        "RC-880",
        "압력밥솥 880",
        "appliance",
        True,
    )


async def test_a_code_is_the_same_whatever_its_case_and_stays_as_it_was_first_written() -> None:
    desk = a_desk()
    await register(desk, "RC-880")
    await register(desk, "rc-880", name="압력밥솥 881")
    (product,) = desk.stored(Product)
    assert (product.code, product.name) == ("RC-880", "압력밥솥 881")


async def test_a_new_product_never_takes_the_place_of_another() -> None:
    desk = a_desk()
    await register(desk)
    with pytest.raises(KnownCode):
        await desk.handle(add_product, "rc-880", ProductSaid(name="다른 제품"))


async def test_a_line_that_the_taxonomy_does_not_have_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownLine) as refused:
        await register(a_desk(), line="toys")
    assert "appliance" in str(refused.value.inputs["lines"])


async def test_two_who_edit_do_not_write_over_each_other() -> None:
    desk = a_desk()
    await register(desk)
    with pytest.raises(StaleVersion):
        await desk.handle(put_product, "RC-880", ProductSaid(name="x"), Expected(frozenset({'"7"'})).check)


async def test_a_lot_belongs_to_a_product() -> None:
    desk = a_desk()
    said = LotSaid(made_on=date(2026, 10, 3), quantity_made=4800)
    with pytest.raises(UnknownProduct):
        await desk.handle(put_lot, "RC-880", "26K03", said, anything)
    await register(desk)
    for _ in range(2):
        await desk.handle(put_lot, "rc-880", "26k03", said, anything)
    (told,) = desk.emitted(LotChanged)
    assert (told.product_code, told.lot, told.made_on, told.quantity_made) == (
        "RC-880",
        "26k03",
        date(2026, 10, 3),
        4800,
    )
    assert len(desk.stored(Lot)) == 1
