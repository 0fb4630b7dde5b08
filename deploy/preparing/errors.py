"""Why a deployment cannot be prepared: one class a cause, each a sentence that says what to do."""

from deploy.local.errors import LocalError
from shared.language.i18n import _


class NoPassword(LocalError):
    text = _("A password is missing: {reason}. Make the secrets first (deploy/compose/secrets.sh).")


class OtherMembers(LocalError):
    text = _(
        "The replica set has the members {there}, and {wanted} are named: name those that it has, or change the set "
        "with MongoDB's own rs.remove."
    )


class NotAdministrator(LocalError):
    text = _("{server} does not let {user} change users and rights ({reason}): check its password.")


class NotPrepared(LocalError):
    text = _("{server} did not get ready within {seconds} s: look into its log.")
