"""Why a file is not taken; each says what would be right."""

from shared.errors import Refused
from shared.language.i18n import _


class EmptyFile(Refused):
    """A file without content."""

    text = _("This file is empty; choose another one.")


class LargeFile(Refused):
    """More bytes than are taken. Inputs: `limit` in MiB."""

    text = _("This file is larger than {limit} MiB; send a smaller one.")
    status = 413


class UnknownKind(Refused):
    """None of the kinds that are taken. Inputs: `kinds`, their names."""

    text = _("This kind of file is not taken. You can attach {kinds}.")
    status = 415


class LyingName(Refused):
    """The name or the declared type says something else than the content. Inputs: `found`, what it is."""

    text = _("The content of this file is {found}, but its name or declared type says something else.")
    status = 415


class UnreadableFile(Refused):
    """A file that is damaged, or cut off. Inputs: `found`, what it was meant to be."""

    text = _("This {found} file is damaged or incomplete; choose another one.")


class HugeImage(Refused):
    """A picture of more points than any camera makes. Inputs: `limit` in millions of pixels."""

    text = _("This picture has more than {limit} million pixels; send a smaller one.")


class HugeArchive(Refused):
    """A document that unpacks to far more than it looks. Inputs: `limit` in MiB."""

    text = _("This document unpacks to more than {limit} MiB, or to far more than is usual; send a plain copy.")


class HoldsMacros(Refused):
    """A document with programs in it, or locked with a password."""

    text = _("This document holds macros or is locked; save a copy without them and attach that.")
