"""Products that answer what is typed: beginnings first, then what has it inside."""

from collections.abc import Mapping
from typing import Final

from services.intake.domain.products.product import Product
from services.intake.domain.products.searching import KIND, rank
from services.intake.repository.products import Products
from shared.search.index import Scope, mark
from shared.search.question import read_question
from shared.search.search import Search

MOST: Final = 400
"""Products that are ranked; who sees more than a page of them types one letter more."""


class ProductFinding:
    """Asks the index of this process."""

    def __init__(self, search: Search, products: Products) -> None:
        self._search, self._products = search, products

    async def page(self, typed: str, filters: Mapping[str, str], start: int, limit: int) -> list[Product]:
        """The best `limit` from the place `start` on. Raises `Unavailable`."""
        scope = Scope(KIND, [mark(name, value) for name, value in filters.items()])
        inside, begins = read_question(typed, inside=True), read_question(typed, begins=True)
        if not inside:
            return []
        hits = [*await self._search.find(begins, scope, MOST), *await self._search.find(inside, scope, MOST)]
        ids = list(dict.fromkeys(hit.id for hit in hits))[:MOST]
        found = await self._products.those(ids)
        return sorted(found, key=lambda product: rank(product, inside))[start : start + limit]
