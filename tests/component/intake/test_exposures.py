"""How many units are out: figures that are handed in, corrected, and reported by other systems."""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain.products.exposure import CountedToCome, Exposure, PeriodToCome
from services.intake.domain.products.product import Product, UnknownProduct
from services.intake.domain.products.said import Figure
from services.intake.handlers.products import put_exposures, source_of, take_exposure
from shared.contracts.product import ExposureChanged, ExposureReported
from shared.db.uow import PrerequisiteMissing
from shared.testing.fake import NOON
from tests.component.intake.register import ERP, a_desk, register


def a_figure(units: int = 100, **other: Any) -> Figure:
    plain = {"product_code": "RC-880", "lot": None, "measure": "sold", "period": "2026-10", "source": "register"}
    return Figure(**(plain | other), units=units)


def reported(units: int, day: int, **other: Any) -> ExposureReported:
    plain = {"product_code": "RC-880", "measure": "sold", "period": "2026-10"}
    return ExposureReported(**(plain | other), units=units, reported_at=NOON - timedelta(days=30 - day))


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
