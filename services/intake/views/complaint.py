"""Departments that a complaint calls on, as they are shown."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department called on, with the people in it by name."""

    name: str
    people: list[str]
    because: list[str] = field(default_factory=list)
