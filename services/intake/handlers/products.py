"""The product register: one product, lot or figure at a time."""

from collections.abc import Callable
from datetime import timedelta

from services.intake.domain.products.exposure import CountedToCome, Exposure, PeriodToCome, days_of, exposure_id
from services.intake.domain.products.product import KnownCode, Lot, Product, UnknownLine, UnknownProduct, key_of, lot_id
from services.intake.domain.products.said import Figure, LotSaid, ProductSaid
from services.intake.repository.uow import IntakeUow
from shared.contracts.product import ExposureReported
from shared.errors import Refused
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA

Expected = Callable[[int], None]
"""Raises unless a version is the expected one; 0 for what is not there."""

CLOCKS_DIFFER = timedelta(minutes=5)
REGISTER = "register"


def refusal_of_line(line: str | None, uow: IntakeUow) -> UnknownLine | None:
    """What is wrong with a product line that the taxonomy does not have; None when nothing is."""
    taxonomy = uow.rules.classification.taxonomy
    if line is None or line in taxonomy.lines:
        return None
    return UnknownLine(
        "line", lines=", ".join(f"{each.code} ({each.names.ko})" for each in taxonomy.file.product_lines)
    )


def _any(_: int) -> None:
    """Whichever version."""


async def put_product(code: str, said: ProductSaid, expected: Expected, uow: IntakeUow) -> Product:
    """Have a product so. Raises `UnknownLine`, or what `expected` says of its version."""
    if wrong := refusal_of_line(said.line, uow):
        raise wrong
    known = await uow.get(Product, key_of(code))
    expected(known.version if known else 0)
    product = known or uow.add(Product(id=key_of(code), code=code, name=""))
    product.put(said.name, said.line, said.active, uow.now, who(uow))
    return product


async def add_product(code: str, said: ProductSaid, uow: IntakeUow) -> Product:
    """Register a product. Raises `KnownCode` when there is one of this code."""
    if await uow.get(Product, key_of(code)) is not None:
        raise KnownCode("code")
    return await put_product(code, said, _any, uow)


async def add_lot(code: str, lot: str, said: LotSaid, uow: IntakeUow) -> Lot:
    """Register a lot of a product. Raises `KnownCode` when there is one of this code."""
    if await uow.get(Lot, lot_id(code, lot)) is not None:
        raise KnownCode("lot")
    return await put_lot(code, lot, said, _any, uow)


async def put_lot(code: str, lot: str, said: LotSaid, expected: Expected, uow: IntakeUow) -> Lot:
    """Have a lot of a product so. Raises `UnknownProduct`, or what `expected` says of its version."""
    product = await uow.get(Product, key_of(code))
    if product is None:
        raise UnknownProduct("product_code")
    known = await uow.get(Lot, lot_id(code, lot))
    expected(known.version if known else 0)
    found = known or uow.add(Lot(id=lot_id(code, lot), product=product.id, product_code=product.code, lot=lot))
    found.put(said.made_on, said.quantity_made, uow.now, who(uow))
    return found


async def put_exposures(figures: tuple[Figure, ...], uow: IntakeUow) -> list[Exposure]:
    """Have figures so, all or none. Raises `UnknownProduct`, `PeriodToCome`, `CountedToCome`."""
    return [await _put_one(figure, f"figures.{place}.", uow) for place, figure in enumerate(figures)]


async def _put_one(figure: Figure, path: str, uow: IntakeUow) -> Exposure:
    product = await uow.get(Product, key_of(figure.product_code))
    if product is None:
        raise UnknownProduct(f"{path}product_code")
    if wrong := refusal_of_times(figure, path, uow):
        raise wrong
    return (await put_figure(figure, product, uow))[0]


async def take_exposure(event: ExposureReported, uow: IntakeUow) -> None:
    """A figure that another system handed in by topic; one of a product that is not registered yet waits for it."""
    figure = Figure(**dict(event), source=uow.cause.source.strip("/"))
    product = await uow.need(Product, key_of(event.product_code))
    if wrong := refusal_of_times(figure, "", uow):
        raise wrong
    await put_figure(figure, product, uow)


def refusal_of_times(figure: Figure, path: str, uow: IntakeUow) -> Refused | None:
    """What is wrong with times that have not come yet; None when nothing is."""
    if days_of(figure.period)[0] > uow.now.astimezone(KOREA).date():
        return PeriodToCome(f"{path}period")
    if figure.reported_at is not None and figure.reported_at > uow.now + CLOCKS_DIFFER:
        return CountedToCome(f"{path}reported_at")
    return None


async def put_figure(figure: Figure, product: Product, uow: IntakeUow) -> tuple[Exposure, bool, bool]:
    """Have a figure so; whether it is new, and whether anything has changed."""
    id = exposure_id(product.code, figure.lot, figure.measure, figure.period, figure.source)
    known = await uow.get(Exposure, id)
    found = known or uow.add(_exposure(id, figure, product))
    return found, known is None, found.put(figure.units, figure.reported_at or uow.now, who(uow))


def _exposure(id: str, figure: Figure, product: Product) -> Exposure:
    starts_on, ends_on = days_of(figure.period)
    return Exposure(
        id=id,
        product=product.id,
        product_code=product.code,
        lot=figure.lot,
        measure=figure.measure,
        period=figure.period,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
        units=0,
        source=figure.source,
    )


def who(uow: IntakeUow) -> str | None:
    """Who asked for it: a person or a system, by id."""
    return uow.cause.principal.id if uow.cause.principal else None


def source_of(principal: Principal | None) -> str:
    """Whose figures these are: a system's own, or the company's register, whoever of its people writes them."""
    return principal.id if principal and principal.kind == "system" else REGISTER
