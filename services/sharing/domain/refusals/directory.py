"""What sharing says no to about people, departments and imports of them."""

from shared.errors import Conflict, NotFound, Refused
from shared.language.i18n import _


class IdTaken(Conflict):
    """There is somebody under this id."""

    text = _("There is an entry under this id already; change that one, or choose another id.")


class UnknownDepartment(Refused):
    """No such department, or a closed one. Inputs: `department`."""

    text = _("There is no open department “{department}”; name one of the directory, or add it first.")


class UnknownPerson(Refused):
    """No such person, or one who has left. Inputs: `person`."""

    text = _("Nobody works here under the id “{person}”; name somebody of the directory, or add them first.")


class NoPerson(NotFound):
    """There is no such person."""


class OwnDeputy(Refused):
    """Somebody stands in for themselves."""

    text = _("Nobody can stand in for themselves; name somebody else.")


class DeputiesInCircle(Refused):
    """Following the deputies leads back. Inputs: `circle`."""

    text = _("The deputies go round in a circle ({circle}); name somebody outside of it.")


class LeaveBackwards(Refused):
    """A leave that ends before it begins."""

    text = _("The last day of a leave cannot lie before its first day.")


class LeavesOverlap(Refused):
    """Two leaves at the same time."""

    text = _("Two leaves lie at the same time; make one of them.")


class StillInCharge(Refused):
    """Somebody leaves who heads or answers for a department. Inputs: `departments`."""

    text = _("This person still answers for {departments}; name somebody else there first.")


class LastAdministrator(Refused):
    """Nobody would be left who can administer."""

    text = _("This is the last administrator who can sign in; give somebody else that role and an account first.")


class StillHasPeople(Refused):
    """A department is closed while people belong to it. Inputs: `count`."""

    text = _("{count} people still belong to this department; move them to another one first.")


class SuccessorNeeded(Refused):
    """A department is closed without anybody to take over."""

    text = _("Name the department that takes over what this one still owes, such as unanswered complaints.")


class OwnSuccessor(Refused):
    """A department succeeds itself, by itself or in a circle."""

    text = _("A department cannot take over from itself; name another one.")


class AlreadyClosed(Conflict):
    """The department is closed."""

    text = _("This department is closed already.")


class NotChecked(Conflict):
    """An import that cannot be applied: it was applied already, or its check was cut off."""

    text = _("This import was applied already, or never checked to its end; upload the file again.")


class DirectoryMoved(Conflict):
    """The directory changed between the check and the application."""

    text = _("The directory has changed since this file was checked; upload it again to see what it would do now.")
