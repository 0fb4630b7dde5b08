"""What somebody typed into a form that was refused: it is shown again with what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Typed:
    """One form. `of` names it (`closures`, `completions:stop-sale`); `problem` is about the whole of it."""

    of: str = ""
    values: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None

    def is_for(self, form: str) -> bool:
        """Whether it is this form that was refused."""
        return self.of == form

    def value(self, form: str, name: str, otherwise: str = "") -> str:
        """What was typed into a field of a form."""
        found = self.values.get(name, []) if self.of == form else []
        return found[-1] if found else otherwise

    def chosen(self, form: str, name: str, value: str) -> bool:
        """Whether a value was chosen among several."""
        return self.of == form and value in self.values.get(name, [])

    def error(self, form: str, name: str) -> str | None:
        """What was wrong with a field."""
        return self.errors.get(name) if self.of == form else None
