"""Tables of products: each row is taken or refused for itself."""

from services.intake.domain.products.product import Lot, Product
from tests.component.intake.register import a_desk, take


async def test_rows_are_taken_or_refused_each_for_itself() -> None:
    desk = a_desk()
    taken = await take(
        desk,
        {"code": "RC-880", "name": "압력밥솥 880", "line": "appliance", "lot": "26K03", "quantity_made": "10"},
        {"code": "rc-880", "lot": "26K04"},
        {"code": "SM-12"},
        {"code": "SM-13", "name": "두유", "line": "toys"},
        {"product_code": "RC-880", "measure": "sold", "period": "2026-10", "units": "5"},
        {"product_code": "NOPE", "measure": "sold", "period": "2026-10", "units": "5"},
        {"product_code": "RC-880", "measure": "sold", "period": "2027-10", "units": "5"},
    )
    assert (taken.rows, taken.added, taken.changed, taken.same) == (7, 3, 0, 0)
    assert [(bad.number, bad.field) for bad in taken.refused] == [
        (4, "name"), (5, "line"), (7, "product_code"), (8, "period"),
    ]  # fmt: skip
    assert len(desk.stored(Product)) == 1
    assert len(desk.stored(Lot)) == 2


async def test_the_same_file_again_changes_nothing_and_tells_nothing() -> None:
    desk = a_desk()
    rows = [{"code": f"P-{n}", "name": f"제품 {n}", "lot": "L1", "quantity_made": str(n)} for n in range(20)]
    await take(desk, *rows)
    told = len(desk.told)
    again = await take(desk, *rows)
    assert (again.added, again.changed, again.same) == (0, 0, 20)
    assert len(desk.told) == told


async def test_what_a_row_does_not_say_stays_as_it_was() -> None:
    desk = a_desk()
    await take(desk, {"code": "P-1", "name": "제품", "line": "food", "lot": "L1", "made_on": "2026-10-03"})
    await take(desk, {"code": "P-1", "active": "false", "lot": "L1", "quantity_made": "7"})
    (product,), (lot,) = desk.stored(Product), desk.stored(Lot)
    assert (product.name, product.line, product.active) == ("제품", "food", False)
    assert (lot.made_on, lot.quantity_made) == ("2026-10-03", 7)


async def test_a_trial_knows_the_products_of_its_earlier_parts() -> None:
    row = {"code": "P-1", "lot": "L2"}
    assert (await take(a_desk(), row)).refused[0].field == "name"
    assert (await take(a_desk(), row, assumed=("p-1",))).added == 1
