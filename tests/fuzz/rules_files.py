"""Files of rules as a company edits them: one line, one value or some bytes changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from hypothesis import strategies as st

from deploy import registry
from services.intake.domain.assessment import Assessment
from services.intake.domain.card_rules import CardPolicy, Causes
from services.intake.domain.clock_rules import ClockRules
from services.intake.domain.lookalikes import LookalikeRules
from services.intake.domain.products.columns import TableRules
from services.intake.domain.public_form import PublicForm
from services.intake.domain.routing import Routing
from services.intake.domain.saved_view import PresetViews
from services.intake.domain.sight import SightFile
from services.intake.domain.taxonomy import Taxonomy
from shared.calendar.working_time import WorkingTime
from shared.identity.organisation import load_organisation
from shared.language.hazards import HazardRules
from shared.rules import find_rules, load_rules
from shared.runtime.people import organisation_of
from shared.runtime.settings import Settings
from shared.uploads.kinds import FileKinds
from tests.fuzz import horrors

ROOT: Final = Path(__file__).parents[2]
SHIPPED: Final = sorted(path for part in ("services", "shared") for path in (ROOT / part).rglob("*.yaml"))
ODD_YAML: Final = (
    "2026-13-41", "2026-11-22T25:61:00Z", "!!int x", "!!float x", "!!bool x", "!!timestamp x", "!!binary '*'",
    "!!python/name:os.system", "!x y", "*nowhere", "&a [*a]", "{a: 1, a: 2}", "{[1]: 2}", "{? {a: 1} : 2}", "'",
    "@x", "%x", "<<: 1", "1:99:99", ".nan", ".inf", "0o777", "9" * 5_000, "[" * 3_000, "\x00", "\t-", "~", "1e999",
    "!!set {1, 2}", "!!omap [1]", "!!pairs [1]", "!!merge x", "=", "!!str",
)  # fmt: skip
MODELS: Final[dict[str, Any]] = {
    "assessment.yaml": Assessment,
    "attachments.yaml": FileKinds,
    "card.yaml": CardPolicy,
    "causes.yaml": Causes,
    "clocks.yaml": ClockRules,
    "lookalikes.yaml": LookalikeRules,
    "public_form.yaml": PublicForm,
    "routing.yaml": Routing,
    "sight.yaml": SightFile,
    "tables.yaml": TableRules,
    "views.yaml": PresetViews,
    "working_time.yaml": WorkingTime,
}
LOADERS: Final[dict[str, Callable[[Path], object]]] = {
    "hazards.yaml": HazardRules.load,
    "sample_organisation.yaml": load_organisation,
    "taxonomy.yaml": Taxonomy.load,
}


@dataclass(frozen=True)
class RulesFile:
    """One of them, and how it is changed."""

    path: Path

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name

    @property
    def drawn(self) -> st.SearchStrategy[bytes]:
        """Its content with something changed."""
        text = self.path.read_text(encoding="utf-8")
        lines, data = text.splitlines(), yaml.safe_load(text)
        by_line = st.tuples(st.integers(0, len(lines) - 1), st.sampled_from(ODD_YAML)).map(lambda c: _with(lines, *c))
        by_value = horrors.spoilt(data).map(lambda value: yaml.safe_dump(value).encode())
        by_bytes = st.integers(0, 7).map(lambda how: horrors.spoil_bytes(text.encode(), how))
        return horrors.mostly(by_value, by_line, by_line, by_bytes, of=6)

    def load(self, folder: Path, content: bytes) -> None:
        """Load it from a company's own folder, as the one who needs it does."""
        own = folder / "own"
        own.mkdir(exist_ok=True)
        path = own / self.name
        path.write_bytes(content)
        try:
            self._load(path)
        finally:
            path.unlink()

    def _load(self, path: Path) -> None:
        if self.name in LOADERS:
            LOADERS[self.name](path)
        elif self.name in MODELS:
            load_rules(path, MODELS[self.name])
        else:
            registry.service(self.path.parts[-3]).load_rules(Settings(mode="local", rules=path.parent))


def _with(lines: list[str], at: int, odd: str) -> bytes:
    """One line's value replaced."""
    name, colon, _value = lines[at].partition(": ")
    line = f"{name}{colon or ': '}{odd}"
    return "\n".join([*lines[:at], line, *lines[at + 1 :]]).encode()


def all_of_them() -> Iterator[RulesFile]:
    """Every file of rules that is shipped."""
    return map(RulesFile, SHIPPED)


def find_in(settings: Settings) -> None:
    """Look for the files that settings name."""
    organisation_of(settings)
    find_rules("playbook.yaml", ROOT / "services/alerts/rules", settings.rules)
