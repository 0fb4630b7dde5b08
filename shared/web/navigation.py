"""The places that every page links to."""

from typing import Final

from shared.language.i18n import _

NAVIGATION: Final = (
    ("/alerts", _("Early warning")),
    ("/intake/complaints", _("Complaints")),
    ("/asyncapi", _("Events")),
)
"""Address and message id."""
