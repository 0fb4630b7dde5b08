"""Files of products and figures as pages show them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from services.intake.domain.products.columns import TableKind
from services.intake.domain.products.table_import import RefusedRow, TableImport
from services.intake.presenting.looking import Looking
from services.intake.views.form import FormView
from services.intake.views.products import ColumnView, ImportPage, ImportRow, RefusedView, UploadPage
from shared.language.i18n import _, translate
from shared.web.field_errors import field_errors

LIST: Final = "/intake/product-imports"
KINDS: Final[dict[TableKind, str]] = {"products": _("Products and lots"), "exposures": _("Units sold or shipped")}
STATES: Final = {
    "running": _("being read"),
    "done": _("done"),
    "failed": _("stopped"),
    "cut_off": _("cut off; send the file again, nothing is doubled"),
}
FIELDS: Final = {
    "code": _("Product code"), "product_code": _("Product code"), "name": _("Product name"), "line": _("Product line"),
    "active": _("On sale"), "lot": _("Lot"), "quantity_made": _("Quantity made"), "made_on": _("Made on"),
    "measure": _("Sold or shipped"), "period": _("Period"), "units": _("Units"),
}  # fmt: skip
NAMES_SHOWN: Final = 4
HANGUL: Final = re.compile("[가-힣]")
SHOWN: Final = 200
"""Refused rows on the page; the file of them holds more."""


class ImportPresenter:
    """Speaks to one reader."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking

    def upload(self, last: Sequence[TableImport], form: FormView, kind: str) -> UploadPage:
        """Where files are handed in."""
        tables = self._looking.rules.tables
        columns = {
            each: [
                self._column(field, tables.of(each).required, tables.of(each).columns)
                for field in tables.of(each).columns
            ]
            for each in get_args(TableKind)
        }
        return UploadPage(form, columns, [self.row(table) for table in last], kind)

    def _column(self, field: str, required: Sequence[str], columns: Mapping[str, Sequence[str]]) -> ColumnView:
        own = [name for name in columns[field] if bool(HANGUL.search(name)) == (self._looking.language == "ko")]
        return ColumnView((own or list(columns[field]))[:NAMES_SHOWN], field in required)

    def row(self, table: TableImport) -> ImportRow:
        """One file in the list."""
        person = self._looking.organisation.person(table.started_by)
        return ImportRow(
            href=f"{LIST}/{table.id}",
            file_name=table.file_name,
            kind=self._looking.say(KINDS[table.kind]),
            dry=table.dry,
            state=self._looking.say(STATES["cut_off" if self._is_cut_off(table) else table.state]),
            rows=table.rows,
            refused=table.refused,
            started_at=table.started_at,
            by=person.name if person else table.started_by,
        )

    def page(self, table: TableImport, refused: Sequence[RefusedRow]) -> ImportPage:
        """A file's report."""
        columns = list(dict.fromkeys(column for row in refused[:SHOWN] for column in row.cells))
        return ImportPage(
            row=self.row(table),
            added=table.added,
            changed=table.changed,
            same=table.same,
            running=table.state == "running" and not self._is_cut_off(table),
            trouble=self._looking.say(table.trouble, **table.trouble_inputs) if table.trouble else None,
            columns=columns,
            refused=[
                RefusedView(row.number, self._reason(row), [row.cells.get(column, "") for column in columns])
                for row in refused[:SHOWN]
            ],
            csv_href=f"{LIST}/{table.id}/refused.csv",
        )

    def _reason(self, row: RefusedRow) -> str:
        field = self._looking.say(FIELDS[row.field]) if row.field in FIELDS else ""
        said = reason_of(row, self._looking.language)
        return f"{field}: {said}" if field else said

    def _is_cut_off(self, table: TableImport) -> bool:
        return table.was_cut_off(self._looking.now)


def reason_of(row: RefusedRow, language: str) -> str:
    """What was wrong with a row, as a sentence."""
    if error := row.inputs.get("error"):
        said = {"type": error["type"], "loc": (row.field,), "ctx": error["ctx"]}
        return field_errors([said], language)[0].message
    return translate(row.text, language, **row.inputs)
