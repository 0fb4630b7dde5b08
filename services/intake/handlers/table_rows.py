"""Rows of a file, each taken or refused for itself."""

from collections.abc import Collection, Sequence

from services.intake.domain.products.exposure import Exposure, exposure_id
from services.intake.domain.products.product import Lot, Product, UnknownProduct, key_of, lot_id
from services.intake.domain.products.rows import BadRow, ExposureRow, GoodRow, ProductRow
from services.intake.domain.products.said import Figure
from services.intake.domain.products.taken import Result, Taken
from services.intake.handlers.products import put_figure, refusal_of_line, refusal_of_times, source_of, who
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want
from shared.errors import Refused
from shared.language.i18n import _


class NameMissing(Refused):
    """A row with a new product that has no name."""

    text = _("This product is new and needs a name.")


async def take_rows(rows: Sequence[GoodRow | BadRow], assumed: Collection[str], uow: IntakeUow) -> Taken:
    """Take the good rows. `assumed` are products that earlier parts of a rehearsed file would have added."""
    good = [row for row in rows if isinstance(row, GoodRow)]
    await uow.fetch(*_wants(good, source_of(uow.cause.principal)))
    for key in {_product_of(row) for row in good}.intersection(assumed):
        if await uow.get(Product, key) is None:
            uow.add(Product(id=key, code=key, name=key, changed_at=uow.now))
    taken = Taken(rows=len(rows), refused=[row for row in rows if isinstance(row, BadRow)])
    for row in good:
        take = _take_product if isinstance(row.said, ProductRow) else _take_figure
        result = await take(row.said, taken, uow)  # type: ignore[arg-type]
        if isinstance(result, Refused):
            field, inputs = result.field or "", dict(result.inputs)
            taken.refused.append(BadRow(row.number, row.cells, field, result.text, inputs))
        else:
            taken.count(result)
    return taken


def _product_of(row: GoodRow) -> str:
    return key_of(row.said.code if isinstance(row.said, ProductRow) else row.said.product_code)


def _wants(rows: Sequence[GoodRow], source: str) -> list[Want]:
    """Everything that the rows ask for, to be loaded in one go."""
    wants: dict[Want, None] = {}
    for row in rows:
        said = row.said
        wants[Want(Product, "_id", _product_of(row))] = None
        if isinstance(said, ProductRow) and said.lot:
            wants[Want(Lot, "_id", lot_id(said.code, said.lot))] = None
        elif isinstance(said, ExposureRow):
            id = exposure_id(said.product_code, said.lot, said.measure, said.period, source)
            wants[Want(Exposure, "_id", id)] = None
    return list(wants)


async def _take_product(said: ProductRow, taken: Taken, uow: IntakeUow) -> Result | Refused:
    if wrong := refusal_of_line(said.line, uow):
        return wrong
    product = await uow.get(Product, key_of(said.code))
    if product is None and not said.name:
        return NameMissing("name")
    new = product is None
    if product is None:
        product = uow.add(Product(id=key_of(said.code), code=said.code, name=""))
        taken.new.add(product.id)
    line = product.line if said.line is None else said.line
    active = product.active if said.active is None else said.active
    changed = product.put(said.name or product.name, line, active, uow.now, who(uow))
    return await _with_lot(said, product, new, changed, uow)


async def _with_lot(said: ProductRow, product: Product, new: bool, changed: bool, uow: IntakeUow) -> Result:
    """What the row comes to with the lot that it names: of new and changed things the newest counts."""
    if said.lot:
        lot = await uow.get(Lot, lot_id(said.code, said.lot))
        if lot is None:
            new = True
            lot = uow.add(
                Lot(id=lot_id(said.code, said.lot), product=product.id, product_code=product.code, lot=said.lot)
            )
        made_on = said.made_on or lot.day
        quantity = lot.quantity_made if said.quantity_made is None else said.quantity_made
        changed = lot.put(made_on, quantity, uow.now, who(uow)) or changed
    return "added" if new else "changed" if changed else "same"


async def _take_figure(said: ExposureRow, _taken: Taken, uow: IntakeUow) -> Result | Refused:
    product = await uow.get(Product, key_of(said.product_code))
    if product is None:
        return UnknownProduct("product_code")
    figure = Figure(**dict(said), source=source_of(uow.cause.principal))
    if wrong := refusal_of_times(figure, "", uow):
        return wrong
    _, new, changed = await put_figure(figure, product, uow)
    return "added" if new else "changed" if changed else "same"
