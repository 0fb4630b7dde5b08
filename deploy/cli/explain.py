"""What stopped a command, as a sentence that says what to do."""

import os

from deploy.cli.speech import reader_language, speak
from deploy.local.errors import LocalError
from shared.db.client import NotAllowed, WrongAddress
from shared.db.schema import HalfRestored, NewerData
from shared.errors import Unavailable
from shared.identity.policy import PolicyError
from shared.language.i18n import _, translate
from shared.messaging.admission import KafkaRefused
from shared.messaging.groups import StillConsuming
from shared.privacy.vault import VaultError
from shared.rules import RulesError
from shared.runtime.settings import SettingsError

NOT_THERE = _("MongoDB or Kafka does not answer: check that both run, and CCMS_MONGO and CCMS_KAFKA.")
NO_ADDRESS = _("CCMS_MONGO is no address of MongoDB ({reason}); it looks like mongodb://host:27017/?replicaSet=name.")
NO_ADMISSION = _(
    "MongoDB does not let {user} do this ({reason}): check CCMS_MONGO_USER and CCMS_MONGO_PASSWORD_FILE, and whether "
    "ccms prepare has run."
)
NO_RIGHT = _("Kafka does not let this user change users and rights ({reason}): check CCMS_KAFKA_USER.")


def explain(error: Exception) -> str | None:
    """The sentence; None when the error is a fault of the program, whose traceback has to be seen."""
    match error:
        case LocalError():
            return speak(error)
        case NewerData() | HalfRestored() | StillConsuming():
            return translate(error.text, reader_language(), **error.inputs)
        case WrongAddress():
            return translate(NO_ADDRESS, reader_language(), reason=str(error))
        case NotAllowed():
            user = os.environ.get("CCMS_MONGO_USER", "–")
            return translate(NO_ADMISSION, reader_language(), user=user, reason=str(error))
        case KafkaRefused():
            return translate(NO_RIGHT, reader_language(), reason=str(error))
        case Unavailable():
            return translate(NOT_THERE, reader_language())
        case SettingsError() | RulesError() | VaultError() | PolicyError():
            return str(error)
        case _:
            return None
