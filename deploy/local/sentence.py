"""What the embedded servers say to a person: English text that still knows its message id and inputs."""

from collections.abc import Callable
from typing import Self


class Sentence(str):
    """A filled English sentence; `text` and `inputs` let the reader's side translate it."""

    text: str
    inputs: dict[str, object]

    def __new__(cls, text: str, /, **inputs: object) -> Self:
        """Fill the `{name}` places of the message id `text`."""
        made = super().__new__(cls, text.format(**inputs))
        made.text, made.inputs = text, inputs
        return made


Progress = Callable[[Sentence], None]


def silent(_sentence: Sentence) -> None:
    """Progress that nobody listens to."""
