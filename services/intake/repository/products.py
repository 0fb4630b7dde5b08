"""Every query for products, lots, figures and the files that they came by."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.intake.domain.products.exposure import Exposure
from services.intake.domain.products.product import Lot, Product, key_of, lot_id
from services.intake.domain.products.table_import import KEPT_ROWS, RefusedRow, RefusedRows, TableImport
from shared.db.client import Mongo

DOWN = -1


class Products:
    """What pages and API read of the register."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, code: str) -> Product | None:
        """A product by its code, whatever its case."""
        rows = await self._mongo.find(Product.collection, {"_id": key_of(code)}, limit=1)
        return Product.from_document(rows[0]) if rows else None

    async def page(self, filters: Mapping[str, Any], after: str | None, limit: int) -> list[Product]:
        """Products by code, behind the one with the key `after`; `filters` are `line`, `active`."""
        query: dict[str, Any] = {**filters, **({"_id": {"$gt": after}} if after else {})}
        rows = await self._mongo.find(Product.collection, query, sort=[("_id", 1)], limit=limit)
        return [Product.from_document(row) for row in rows]

    async def those(self, ids: Sequence[str]) -> list[Product]:
        """Products by their keys, in no order."""
        rows = await self._mongo.find(Product.collection, {"_id": {"$in": list(ids)}})
        return [Product.from_document(row) for row in rows]

    async def lot(self, product: str, lot: str) -> Lot | None:
        """A lot of a product, both by code."""
        rows = await self._mongo.find(Lot.collection, {"_id": lot_id(product, lot)}, limit=1)
        return Lot.from_document(rows[0]) if rows else None

    async def lots(self, product: str, after: tuple[str, str] | None, limit: int) -> list[Lot]:
        """Lots of a product (by key), the newest first; `after` is (made_on, id)."""
        query = {"product": product, **_behind("made_on", after)}
        sort = [("made_on", DOWN), ("_id", DOWN)]
        return [Lot.from_document(row) for row in await self._mongo.find(Lot.collection, query, sort=sort, limit=limit)]

    async def exposures(self, product: str | None, after: tuple[str, str] | None, limit: int) -> list[Exposure]:
        """Figures (of one product, by key), the newest period first; `after` is (starts_on, id)."""
        query = {**({"product": product} if product else {}), **_behind("starts_on", after)}
        sort = [("starts_on", DOWN), ("_id", DOWN)]
        rows = await self._mongo.find(Exposure.collection, query, sort=sort, limit=limit)
        return [Exposure.from_document(row) for row in rows]


class TableImports:
    """What pages and API read of files."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> TableImport | None:
        """A file's report."""
        rows = await self._mongo.find(TableImport.collection, {"_id": id}, limit=1)
        return TableImport.from_document(rows[0]) if rows else None

    async def latest(self, limit: int) -> list[TableImport]:
        """The last files, newest first."""
        sort = [("started_at", DOWN), ("_id", DOWN)]
        rows = await self._mongo.find(TableImport.collection, {}, sort=sort, limit=limit)
        return [TableImport.from_document(row) for row in rows]

    async def refused(self, id: str) -> list[RefusedRow]:
        """The rows of a file that were refused and kept, in their order."""
        rows = await self._mongo.find(RefusedRows.collection, {"import_id": id}, sort=[("part", 1)])
        return [row for part in rows for row in RefusedRows.from_document(part).rows][:KEPT_ROWS]


def _behind(field: str, after: tuple[str | datetime, str] | None) -> dict[str, Any]:
    if after is None:
        return {}
    value, id = after
    if not value:  # the last ones, without a day
        return {field: None, "_id": {"$lt": id}}
    return {"$or": [{field: {"$lt": value}}, {field: value, "_id": {"$lt": id}}, {field: None}]}
