"""The product register: what is put into it, what it tells, and what a complaint learns from it."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.domain.products.exposure import CountedToCome, Exposure, PeriodToCome
from services.intake.domain.products.product import KnownCode, Lot, Product, UnknownLine, UnknownProduct
from services.intake.domain.products.said import Figure, LotSaid, ProductSaid
from services.intake.handlers.filing import file_complaint
from services.intake.handlers.products import add_product, put_exposures, put_lot, put_product, source_of, take_exposure
from shared.contracts.product import ExposureChanged, ExposureReported, LotChanged, ProductChanged
from shared.db.uow import PrerequisiteMissing
from shared.errors import StaleVersion
from shared.testing.fake import NOON, Desk
from shared.web.etags import Expected
from tests.component.intake.register import ERP, KEEPER, a_desk, anything, register, take


def a_figure(units: int = 100, **other: Any) -> Figure:
    plain = {"product_code": "RC-880", "lot": None, "measure": "sold", "period": "2026-10", "source": "register"}
    return Figure(**(plain | other), units=units)


def reported(units: int, day: int, **other: Any) -> ExposureReported:
    plain = {"product_code": "RC-880", "measure": "sold", "period": "2026-10"}
    return ExposureReported(**(plain | other), units=units, reported_at=NOON - timedelta(days=30 - day))


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


async def test_a_corrected_figure_takes_the_place_of_the_one_before() -> None:
    desk = a_desk()
    await register(desk)
    for units in (100, 100, 130):
        await desk.handle(put_exposures, (a_figure(units),))
    assert [told.units for told in desk.emitted(ExposureChanged)] == [100, 130]
    (figure,) = desk.stored(Exposure)
    assert (figure.units, figure.starts_on, figure.ends_on) == (130, "2026-10-01", "2026-10-31")


async def test_figures_of_other_measures_lots_periods_and_sources_stand_beside_each_other() -> None:
    desk = a_desk()
    await register(desk)
    others: list[dict[str, Any]] = [
        {},
        {"measure": "shipped"},
        {"lot": "26K03"},
        {"period": "2026-W40"},
        {"source": "erp"},
    ]
    await desk.handle(put_exposures, tuple(a_figure(**other) for other in others))
    assert len(desk.stored(Exposure)) == len(others)


@pytest.mark.parametrize(
    ("figure", "refusal", "field"),
    [
        (a_figure(product_code="NOPE"), UnknownProduct, "figures.1.product_code"),
        (a_figure(period="2027-01"), PeriodToCome, "figures.1.period"),
        (a_figure(reported_at=NOON + timedelta(hours=1)), CountedToCome, "figures.1.reported_at"),
    ],
)
async def test_a_wrong_figure_is_named_among_many(figure: Figure, refusal: Any, field: str) -> None:
    desk = a_desk()
    await register(desk)
    with pytest.raises(refusal) as refused:
        await desk.handle(put_exposures, (a_figure(), figure))
    assert refused.value.field == field


async def test_of_two_reports_the_one_counted_later_holds_whichever_comes_last() -> None:
    for order in ((1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)):
        desk = a_desk()
        await register(desk)
        for day in order:
            await desk.handle(take_exposure, reported(100 + day, day), source="/erp")
        (figure,) = desk.stored(Exposure)
        assert figure.units == 103, order


async def test_an_older_figure_is_ignored_even_after_the_newer_one_said_the_same() -> None:
    desk = a_desk()
    await register(desk)
    for units, day in ((100, 1), (100, 3), (120, 2)):
        await desk.handle(take_exposure, reported(units, day), source="/erp")
    assert [told.units for told in desk.emitted(ExposureChanged)] == [100]


async def test_a_report_of_a_product_that_is_not_registered_waits_for_it() -> None:
    with pytest.raises(PrerequisiteMissing) as missing:
        await a_desk().handle(take_exposure, reported(100, 1), source="/erp")
    assert (missing.value.model, missing.value.id) == (Product, "rc-880")


async def test_an_erp_is_one_source_by_topic_and_over_http() -> None:
    desk = a_desk()
    await register(desk)
    await desk.handle(take_exposure, reported(100, 1), source="/erp")
    await desk.handle(put_exposures, (a_figure(130, source=source_of(ERP)),))
    (figure,) = desk.stored(Exposure)
    assert figure.units == 130


async def filed(desk: Desk, **product: str) -> Complaint:
    filing = Filing.model_validate({"body": "작동하지 않습니다", "product": product}, strict=False)
    complaint: Complaint = await desk.handle(file_complaint, filing, by=KEEPER)
    return complaint


async def test_a_complaint_takes_name_and_line_from_the_register_and_keeps_what_was_said() -> None:
    desk = a_desk()
    await register(desk)
    complaint = await filed(desk, code="rc-880", name="밥솥")
    assert (complaint.product_code, complaint.product_name) == ("RC-880", "압력밥솥 880")
    assert (complaint.product_said, complaint.product_line) == ("밥솥", "appliance")


async def test_a_product_that_is_not_registered_stays_as_it_was_said() -> None:
    complaint = await filed(a_desk(), code="zz-1", name="밥솥")
    assert (complaint.product_code, complaint.product_name) == ("zz-1", "밥솥")
    assert (complaint.product_said, complaint.product_line) == (None, None)


async def test_the_line_of_the_register_decides_which_departments_are_called() -> None:
    """Ill after use, of something whose name says nothing: its line tells food from a thing."""
    called = []
    for line in ("food", "appliance"):
        desk = a_desk()
        await register(desk, "ZX-1", "모델 1", line)
        filing = Filing.model_validate(
            {"body": "제품 안전에 문제가 있어 위험합니다", "product": {"code": "ZX-1"}}, strict=False
        )
        complaint: Complaint = await desk.handle(file_complaint, filing)
        called.append({routed.department for routed in complaint.departments})
    assert "production" in called[0] - called[1]
    assert "development" in called[1] - called[0]


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
