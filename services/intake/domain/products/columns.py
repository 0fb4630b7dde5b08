"""What companies call the columns of their tables, and what they write into the cells (`tables.yaml`)."""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from services.intake.domain.taxonomy import ProductLine
from shared.contracts.product import Measure
from shared.errors import Refused
from shared.language.i18n import _
from shared.rules import RulesFile, RulesPart, find_rules, load_rules
from shared.search.grams import words_of

SHIPPED: Final = Path(__file__).parents[2] / "rules"
TableKind = Literal["products", "exposures"]
Text = Annotated[str, StringConstraints(min_length=1)]
MOST_NAMES: Final = 3
_DAY: Final = re.compile(r"(\d{4})\s*[-./년]?\s*(\d{1,2})\s*[-./월]?\s*(\d{1,2})\s*[일.]?(?:[T ]00:00(?::00)?)?")
_MONTH: Final = re.compile(r"(\d{4})\s*[-./년]?\s*(\d{1,2})\s*월?")
_WEEK: Final = re.compile(r"(\d{4})\s*[-./년]?\s*W\s*(\d{1,2})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,3}(,\d{3})+(\.0+)?|\d+(\.0+)?")


class ColumnMissing(Refused):
    """Inputs: `called`, what it may be called; `columns`, those that there are."""

    text = _("A column is missing: {called}. The file has: {columns}.")


class TableColumns(RulesPart):
    """What the columns of one kind of table are called; `required` ones have to be there."""

    required: list[Text]
    columns: dict[Text, list[Text]]

    @cached_property
    def _fields(self) -> dict[str, str]:
        return {squashed(name): field for field, names in self.columns.items() for name in [field, *names]}

    def fields_of(self, columns: Sequence[str]) -> dict[str, str]:
        """Which field each column holds, by column; columns of no field are passed over. Raises `ColumnMissing`."""
        found: dict[str, str] = {}
        for column in columns:
            field = self._fields.get(squashed(column))
            if field and field not in found.values():
                found[column] = field
        for field in self.required:
            if field not in found.values():
                names = self.columns[field]
                called = ", ".join(dict.fromkeys([*names[:MOST_NAMES], *names[-MOST_NAMES:]]))
                raise ColumnMissing("file", called=called, columns=", ".join(columns)[:300])
        return found


class TableRules(RulesFile):
    """The shape of `tables.yaml`."""

    products: TableColumns
    exposures: TableColumns
    values: dict[Text, list[Text]]
    measure: Measure = Field()

    @classmethod
    def load(cls, override: Path | None = None) -> "TableRules":
        """The shipped rules, or those of the same name in the folder `override`. Raises RulesError."""
        return load_rules(find_rules("tables.yaml", SHIPPED, override), cls)

    def of(self, kind: TableKind) -> TableColumns:
        """The columns of one kind of table."""
        return self.products if kind == "products" else self.exposures

    @cached_property
    def _meant(self) -> dict[str, set[str]]:
        return {meaning: {squashed(word) for word in words} for meaning, words in self.values.items()}

    def meant(self, written: str, *meanings: str) -> str:
        """Which of these meanings a cell has; as it was written when it has none of them."""
        word = squashed(written)
        return next((meaning for meaning in meanings if word in self._meant.get(meaning, ())), written)


def squashed(text: str) -> str:
    """A name without case, spaces and signs."""
    return "".join(words_of(text))


def day_in(written: str) -> str:
    """A day as `2026-10-03`, however it was written; as it was when it is none."""
    found = _DAY.fullmatch(written)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else written


def period_in(written: str) -> str:
    """A month, week or day as periods are written; as it was when it is none."""
    if week := _WEEK.fullmatch(written):
        return f"{week[1]}-W{int(week[2]):02}"
    if month := _MONTH.fullmatch(written):
        return f"{month[1]}-{int(month[2]):02}"
    return day_in(written)


def number_in(written: str) -> str:
    """A whole number without the commas between thousands; as it was when it is none."""
    return written.replace(",", "").partition(".")[0] if _NUMBER.fullmatch(written) else written


def codes_by_name(lines: Sequence[ProductLine]) -> dict[str, str]:
    """The code of each product line, by everything that it may be called."""
    return {squashed(name): line.code for line in lines for name in (line.code, line.names.ko, line.names.en)}
