"""What an import came to, as figures and as lines to read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from shared.language.i18n import Language, _, translate
from shared.web.words import SEVERITIES

READ: Final = _("{rows} rows of {file} in {seconds} s")
ACCEPTED: Final = _("accepted")
WOULD: Final = _("would be accepted")
ALREADY: Final = _("there already")
REJECTED: Final = _("rejected")
FAILED: Final = _("of these because of a fault of the system, not of the row")
CATEGORY: Final = _("Category")


@dataclass
class Figures:
    """Counts of rows; `kinds` are those accepted by category and severity.

    `failed` are those of the rejected that the system failed at; `names` are of categories, for people.
    """

    rows: int = 0
    accepted: int = 0
    already: int = 0
    rejected: int = 0
    failed: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)

    def plain(self, seconds: float, rejected: Path | None, *, dry: bool) -> dict[str, Any]:
        """For `--json`."""
        by_category: dict[str, dict[str, int]] = {}
        for (category, severity), count in sorted(self.kinds.items()):
            by_category.setdefault(category, {})[severity] = count
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "already": self.already,
            "rejected": self.rejected,
            "failed": self.failed,
            "rejected_file": str(rejected) if rejected else None,
            "dry_run": dry,
            "seconds": round(seconds, 2),
            "categories": by_category,
        }

    def lines(
        self, file: Path, seconds: float, rejected: Path | None, language: Language, *, dry: bool
    ) -> Iterator[str]:
        """For people."""
        yield translate(READ, language, rows=f"{self.rows:,}", file=file.name, seconds=f"{seconds:.1f}")
        for count, word in ((self.accepted, WOULD if dry else ACCEPTED), (self.already, ALREADY)):
            yield f"{count:>9,} {translate(word, language)}"
        yield f"{self.rejected:>9,} {translate(REJECTED, language)}{f' → {rejected}' if rejected else ''}"
        if self.failed:
            yield f"{self.failed:>9,} {translate(FAILED, language)}"
        if dry and self.kinds:
            yield ""
            yield from self._table(language)

    def _table(self, language: Language) -> Iterator[str]:
        """Accepted rows by category (the largest first) and severity."""
        totals = Counter[str]()
        for (category, _severity), count in self.kinds.items():
            totals[category] += count
        heads = [translate(sign.word, language) for sign in SEVERITIES.values()]
        yield _row(translate(CATEGORY, language), [*heads, "Σ"])
        for category, total in totals.most_common():
            counts = [self.kinds[category, severity] for severity in SEVERITIES]
            name = self.names.get(category, category)
            yield _row(name, [*(f"{n:,}" if n else "·" for n in counts), f"{total:,}"])


def _row(head: str, cells: list[str]) -> str:
    return head + _blanks(head, 26) + "".join(_blanks(cell, 10) + cell for cell in cells)


def _blanks(text: str, width: int) -> str:
    """What fills a column beside a text; a Korean letter is two wide."""
    wide = sum(letter >= "\u1100" for letter in text)
    return " " * max(1, width - len(text) - wide)
