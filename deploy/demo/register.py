"""Before the week begins: the products, their lots, and how many units were sold, over the public API."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from deploy.demo.goods import Lot, Product, Products
from deploy.demo.stage import INTAKE, READER, Stage, expected
from shared.language.i18n import _

SCENE: Final = "register"
REGISTERED: Final = _(
    "{products} products of {lines} lines are registered, with {lots} lots and what was sold of them."
)


async def register(stage: Stage) -> None:
    """Register everything once; the same again would change nothing. Raises `Unexpected`."""
    if SCENE in stage.journal.done:
        return
    known = stage.teller.products
    await asyncio.gather(*(_register(product, stage) for product in known.products))
    lots = sum(len(product.lots) for product in known.products)
    stage.teller.tell(REGISTERED, products=len(known.products), lines=len(known.lines), lots=lots)
    stage.journal.note(SCENE, {})


async def _register(product: Product, stage: Stage) -> None:
    office, family = stage.caller(READER), family_of(product, stage.teller.products)
    path = f"{INTAKE}/products/{product.code}"
    expected(await stage.portal.put(path, office, {"name": product.names.ko, "line": family}), path)
    for lot in product.lots:
        made = stage.journal.monday - timedelta(days=lot.made)
        said = {"made_on": made.isoformat(), "quantity_made": lot.quantity}
        expected(await stage.portal.put(f"{path}/lots/{lot.code}", office, said), lot.code)
    if product.lots:
        figures = [figure for lot in product.lots for figure in figures_of(product, lot, stage.journal.monday)]
        expected(await stage.portal.post(f"{INTAKE}/exposures", office, {"figures": figures}), product.code)


def family_of(product: Product, products: Products) -> str:
    """The line of intake's taxonomy that a product belongs to."""
    return next(line.family for line in products.lines if line.code == product.line)


def figures_of(product: Product, lot: Lot, monday: date) -> list[dict[str, Any]]:
    """Units sold of a lot in each week; the last is the week that begins on `monday`."""
    return [
        {"product_code": product.code, "lot": lot.code, "measure": "sold", "period": week_of(day), "units": units}
        for units, day in zip(reversed(lot.sold), _weeks_back(monday), strict=False)
        if units
    ]


def _weeks_back(monday: date) -> Iterator[date]:
    return (monday - timedelta(weeks=ago) for ago in count())


def week_of(day: date) -> str:
    """The ISO week of a day, such as 2026-W46."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"
