"""What the web itself refuses, before a service sees the request."""

from shared.errors import Forbidden, Refused, Unauthenticated
from shared.language.i18n import _


class BodyTooLarge(Refused):
    """The body exceeds the limit. Inputs: `limit` in KiB."""

    text = _("The body is larger than {limit} KiB; send less at once.")
    status = 413


class AddressTooLong(Refused):
    """Path and query exceed the limit. Inputs: `limit` in bytes."""

    text = _("The address is longer than {limit} bytes; shorten the query.")
    status = 414


class HeadersTooLarge(Refused):
    """All headers together exceed the limit. Inputs: `limit` in bytes."""

    text = _("The headers are larger than {limit} bytes; remove cookies or headers.")
    status = 431


class BodyTooSlow(Refused):
    """The body did not arrive in time. Inputs: `seconds`."""

    text = _("The body did not arrive within {seconds} seconds; send it again.")
    status = 408


class NotJson(Refused):
    """The body is not declared as JSON."""

    text = _("Send the body as JSON with the header “Content-Type: application/json”.")
    status = 415


class NoBody(Refused):
    """A body is needed and none came."""

    text = _("The body is empty; send a JSON object.")


class BrokenJson(Refused):
    """The body is no JSON text. Inputs: `line`, `column`."""

    text = _("The body is not valid JSON in UTF-8: see line {line}, column {column}.")
    status = 400


class TooDeep(Refused):
    """JSON nested deeper than any shape needs."""

    text = _("The JSON is nested too deeply; send it as the documentation shows.")
    status = 400


class OtherSite(Forbidden):
    """A browser sends it from the page of another site."""

    text = _("This came from a page of another site and was not carried out. Open the page here and repeat it.")


class KeyUnknown(Unauthenticated):
    """The API key is not (or no longer) valid."""

    text = _("This API key is not valid, or was revoked. Ask the administrator for a new one.")


class UnknownCursor(Refused):
    """`after` is no cursor of this list."""

    text = _("This is no cursor of this list; take it from “next” of the page before, unchanged.")
