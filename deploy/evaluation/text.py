"""One case of a company's own history."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """What was written, and where it belonged."""

    text: str
    label: str
