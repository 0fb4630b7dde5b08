"""How a product is found, and which of those found comes first."""

from typing import Final

from services.intake.domain.products.product import Product
from shared.db.aggregate import Document
from shared.search.grams import EDGE, line_of
from shared.search.index import Entry, mark, order_of
from shared.search.question import Question

KIND: Final = "product"
FILTERS: Final = ("line", "active")


def entry_of(row: Document) -> Entry:
    """A product as it was stored, as it is found."""
    marks = [mark("active", str(row["active"]).lower())]
    if row.get("line"):
        marks.append(mark("line", row["line"]))
    order = order_of(row["changed_at"] or row["told_at"], row["_id"])
    return Entry(KIND, row["_id"], row["version"], order, [row["code"], row["name"]], (), marks)


def rank(product: Product, question: Question) -> tuple[bool, int, str, str]:
    """The place of a product among those found: its very code first, then what begins with what was typed."""
    typed = question.wanted[0].text if question.wanted else ""
    code, name = line_of(product.code).strip(EDGE), line_of(product.name)
    bare = code.replace(EDGE, "")
    if typed.replace(EDGE, "") == bare:
        place = 0
    elif code.startswith(typed) or bare.startswith(typed.replace(EDGE, "")):
        place = 1
    elif name.startswith(EDGE + typed):
        place = 2
    else:
        place = 3 if EDGE + typed in name else 4
    return not product.active, place, product.name, product.id
