"""What a command says, in the language of who runs it (`CCMS_LANGUAGE`, Korean unless it says `en`)."""

import os

from deploy.local.errors import LocalError
from deploy.local.sentence import Sentence
from shared.language.i18n import Language, pick_language, translate


def reader_language() -> Language:
    """The language of this command line."""
    return pick_language(None, os.environ.get("CCMS_LANGUAGE"), "ko")


def speak(said: Sentence | LocalError) -> str:
    """The sentence or error in the reader's language."""
    return translate(said.text, reader_language(), **said.inputs)
