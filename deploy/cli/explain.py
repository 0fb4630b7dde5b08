"""What stopped a command, as a sentence that says what to do."""

from deploy.cli.speech import reader_language, speak
from deploy.local.errors import LocalError
from shared.db.schema import HalfRestored, NewerData
from shared.errors import Unavailable
from shared.identity.policy import PolicyError
from shared.language.i18n import _, translate
from shared.messaging.groups import StillConsuming
from shared.privacy.vault import VaultError
from shared.rules import RulesError
from shared.runtime.settings import SettingsError

NOT_THERE = _("MongoDB or Kafka does not answer: check that both run, and CCMS_MONGO and CCMS_KAFKA.")


def explain(error: Exception) -> str | None:
    """The sentence; None when the error is a fault of the program, whose traceback has to be seen."""
    match error:
        case LocalError():
            return speak(error)
        case NewerData() | HalfRestored() | StillConsuming():
            return translate(error.text, reader_language(), **error.inputs)
        case Unavailable():
            return translate(NOT_THERE, reader_language())
        case SettingsError() | RulesError() | VaultError() | PolicyError():
            return str(error)
        case _:
            return None
