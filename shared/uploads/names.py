"""File names as people may be shown them: one line, no path, nothing that deceives the eye or a file system."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
NAMELESS: Final = "file"

_SEPARATORS: Final = re.compile(r"[/\\]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_SPACES: Final = re.compile(r"\s+")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_HIDDEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control signs, format signs (such as those that turn the direction of writing), surrogates, unassigned."""


def clean_name(name: str) -> str:
    """The name without path, control and direction signs, at most 120 characters; `file` when nothing is left.

    `photo\\u202egpj.exe` would read as `photoexe.jpg`; here it becomes `photogpj.exe`, as it is.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if sign.isspace() else sign for sign in last if sign.isspace() or not _is_hidden(sign))
    plain = _SPACES.sub(" ", _FORBIDDEN.sub("_", seen)).strip(" .")
    if not plain:
        return NAMELESS
    short = _shortened(plain)
    return f"_{short}" if _RESERVED.fullmatch(short) else short


def extension_of(name: str) -> str:
    """The ending after the last dot in lower case, empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = extension_of(name)
    kept = f".{ending}" if 0 < len(ending) <= 10 else ""
    return name[: LONGEST - len(kept)].rstrip(" .") + kept
