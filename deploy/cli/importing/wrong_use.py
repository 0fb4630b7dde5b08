"""A command that was used in the wrong way: exit code 2, with what would be right."""

import click

from deploy.cli.speech import reader_language
from shared.language.i18n import translate


class WrongUse(click.BadParameter):
    """An option that cannot be meant; `text` is a message id."""

    def __init__(self, option: str, text: str, **inputs: object) -> None:
        super().__init__(self.said(text, **inputs), param_hint=option)

    @staticmethod
    def said(text: str, **inputs: object) -> str:
        """The sentence in the reader's language."""
        return translate(text, reader_language(), **inputs)
