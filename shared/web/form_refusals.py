"""Why a form is not taken before anybody looks at its fields."""

from shared.errors import Refused
from shared.language.i18n import _
from shared.web.shapes import NUL_TEXT


class NotAForm(Refused):
    """The body is no form with files."""

    text = _("Send the file as a form (multipart/form-data).")
    status = 415


class BrokenForm(Refused):
    """The body ends too early, or does not hold together."""

    text = _("The form arrived incomplete; send it again.")
    status = 400


class TooManyParts(Refused):
    """Inputs: `limit`."""

    text = _("A form may have at most {limit} fields and files.")


class FieldTooLong(Refused):
    """A plain field beyond any reason."""

    text = _("This text is too long; shorten it.")


class NulInText(Refused):
    """U+0000 in a text."""

    text = NUL_TEXT
