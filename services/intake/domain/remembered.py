"""What was worked out for a question, for others who ask the same before anything changes."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from services.intake.domain.rows import Question

REMEMBERED: Final = 200
"""Answers, of some kilobytes each."""

T = TypeVar("T")


class Remembered(Generic[T]):
    """Answers to questions, until one of them may be wrong."""

    def __init__(self) -> None:
        self._answers: dict[Question, T] = {}

    def of(self, asked: Question, answer: Callable[[], T]) -> T:
        """The answer, worked out where it is not known. Not to be changed by who gets it."""
        if asked not in self._answers:
            if len(self._answers) >= REMEMBERED:
                self.forget()
            self._answers[asked] = answer()
        return self._answers[asked]

    def forget(self) -> None:
        """Something has changed."""
        self._answers.clear()
