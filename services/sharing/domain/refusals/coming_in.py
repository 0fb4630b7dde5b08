"""What sharing says no to about accounts, passwords and keys."""

from shared.errors import Conflict, NotFound, Refused
from shared.language.i18n import _


class SignInFailed(Refused):
    """Name and password do not belong together; which of the two is wrong is not said."""

    text = _("This name and password do not belong together. Check both and try again.")
    status = 401


class Locked(Refused):
    """Too many failures under one name, whether there is such a name or not. Inputs: `minutes`."""

    text = _("There were too many failed sign-ins under this name. Try again in {minutes} minutes.")
    status = 429


class SamplesOnly(NotFound):
    """One click signs in nobody but the sample people."""


class WeakPassword(Refused):
    """A password that is guessed soon. Inputs: `least`."""

    text = _("A password needs {least} or more characters.")


class PasswordTooLong(Refused):
    """Longer than is hashed. Inputs: `most`."""

    text = _("A password may have at most {most} characters.")


class CommonPassword(Refused):
    """A password that everybody tries first, or one that tells the name."""

    text = _("This password is easily guessed; take a longer one, such as four words that do not belong together.")


class SamePassword(Refused):
    """The new password is the old one."""

    text = _("This is the password you have now; choose another one.")


class WrongPassword(Refused):
    """The present password was not right."""

    text = _("This is not your present password.")


class NoAccount(Refused):
    """The person has no account."""

    text = _("This person has no account yet; open one first.")


class ScopeUnknown(Refused):
    """Neither a role nor a scope. Inputs: `may`."""

    text = _("“{may}” is neither a role nor a scope such as complaints:write.")


class ScopesOfPerson(Refused):
    """A person's key with scopes, or a system's with roles."""

    text = _("A person's key has roles of that person, a system's key has scopes such as complaints:write.")


class KeyRevoked(Conflict):
    """The key was revoked before."""

    text = _("This key was revoked already.")
