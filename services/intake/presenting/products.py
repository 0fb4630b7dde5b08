"""The product register as pages show it: names instead of codes, days as the reader writes them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from services.intake.domain.products.exposure import Exposure
from services.intake.domain.products.product import Lot, Product
from services.intake.presenting.looking import Looking
from services.intake.views.form import FormView
from services.intake.views.products import FigureRow, LotForm, LotRow, ProductForm, ProductPage, ProductRow
from shared.language.i18n import LANGUAGES, _
from shared.search.marking import Piece, marked
from shared.search.question import Question
from shared.web.formats import formats

LIST: Final = "/intake/products"
NO_LINE: Final = _("No line")
CHANGED: Final = _("Changed on {day} by {name}")
MEASURES: Final = {"sold": _("sold"), "shipped": _("shipped")}
REGISTER: Final = _("register")
EDITORS: Final = frozenset({"cs_manager", "dept_manager", "admin"})
NOON: Final = 12


class ProductPresenter:
    """Speaks to one reader."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        lines = looking.rules.classification.taxonomy.file.product_lines
        self.lines = {line.code: line.names.in_(looking.language) for line in lines}
        self.may_edit = bool(looking.viewer.roles & EDITORS)
        language = next(known for known in LANGUAGES if known == looking.language)
        self._day = formats(language)["day"]

    def row(self, product: Product, question: Question) -> ProductRow:
        """One product in the list."""
        code, name = (marked(text, question) if question else [Piece(text)] for text in (product.code, product.name))
        return ProductRow(href_of(product.code), code, name, self._line(product), product.active)

    def page(self, product: Product, lots: Sequence[Lot], figures: Sequence[Exposure], most: int) -> ProductPage:
        """One product with its lots and figures, of each at most so many."""
        longest: dict[str, int] = {}
        for figure in figures[:most]:
            longest[figure.measure] = max(longest.get(figure.measure, 1), figure.units)
        return ProductPage(
            code=product.code,
            name=product.name,
            line=self._line(product),
            active=product.active,
            lots=[self._lot(lot) for lot in lots[:most]],
            figures=[self._figure(figure, longest[figure.measure]) for figure in figures[:most]],
            complaints_href=f"/intake/complaints?{urlencode({'which': 'all', 'product': product.code})}",
            changed=self._changed(product),
            may_edit=self.may_edit,
            more_lots=len(lots) > most,
            more_figures=len(figures) > most,
        )

    def form(self, product: Product | None, form: FormView | None = None) -> ProductForm:
        """The form of a product, as it is or as it was typed."""
        if product is None:
            return ProductForm(form or FormView({"active": "true"}), None, self.lines)
        plain = {"name": product.name, "line": product.line or "", "active": "true" if product.active else ""}
        return ProductForm(form or FormView(plain), product.code, self.lines, product.version)

    def lot_form(self, product: Product, lot: Lot | None, form: FormView | None = None) -> LotForm:
        """The form of a lot."""
        if lot is None:
            return LotForm(form or FormView(), product.code, product.name, None)
        quantity = "" if lot.quantity_made is None else str(lot.quantity_made)
        plain = {"made_on": lot.made_on or "", "quantity_made": quantity}
        return LotForm(form or FormView(plain), product.code, product.name, lot.lot, lot.version)

    def _lot(self, lot: Lot) -> LotRow:
        href = f"{href_of(lot.product_code)}/lots/{quote(lot.lot)}" if self.may_edit else None
        return LotRow(lot.lot, self.day(lot.made_on) if lot.made_on else "–", lot.quantity_made, href)

    def _figure(self, figure: Exposure, longest: int) -> FigureRow:
        days = self.day(figure.starts_on)
        if figure.ends_on != figure.starts_on:
            days = f"{days} – {self.day(figure.ends_on)}"
        source = self._looking.say(REGISTER) if figure.source == "register" else figure.source
        measure = self._looking.say(MEASURES[figure.measure])
        share = figure.units * 100 // longest
        return FigureRow(figure.period, days, figure.lot or "–", measure, figure.units, share, source)

    def day(self, written: str) -> str:
        """A stored day as the reader writes it."""
        return self._day(datetime.combine(date.fromisoformat(written), datetime.min.time(), UTC).replace(hour=NOON - 9))

    def _line(self, product: Product) -> str:
        return self.lines.get(product.line or "", self._looking.say(NO_LINE))

    def _changed(self, product: Product) -> str:
        if product.changed_at is None:
            return ""
        person = self._looking.organisation.person(product.changed_by or "")
        inputs: dict[str, Any] = {"day": self._day(product.changed_at), "name": person.name if person else "–"}
        return self._looking.say(CHANGED, **inputs)


def href_of(code: str) -> str:
    """The address of a product's page."""
    return f"{LIST}/{quote(code)}"
