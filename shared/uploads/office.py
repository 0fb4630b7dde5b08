"""Office documents, which are archives: what they unpack to is measured by unpacking them into nothing."""

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from shared.errors import Refused
from shared.uploads.kinds import MIB, Kind, OfficeLimits
from shared.uploads.refusals import HoldsMacros, HugeArchive, UnknownKind, UnreadableFile

BLOCK: Final = 64 * 1024
LEAST: Final = MIB
"""A document that unpacks to less than this is never a bomb, whatever its ratio."""
_ENCRYPTED: Final = 0x1
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")


def office_kind(content: bytes, kinds: Sequence[Kind], limits: OfficeLimits, allowed: str) -> Kind:
    """Which of the kinds a document is; raises a refusal when it is none, damaged, locked, or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind_of(archive, len(content), kinds, limits, allowed)
    except Refused:
        raise
    except Exception:  # whatever the library stumbles over in a file that somebody made up
        raise UnreadableFile(found="ZIP") from None


def _kind_of(archive: zipfile.ZipFile, size: int, kinds: Sequence[Kind], limits: OfficeLimits, allowed: str) -> Kind:
    members = archive.infolist()
    most = min(limits.megabytes * MIB, max(size * limits.ratio, LEAST))
    if len(members) > limits.members or sum(member.file_size for member in members) > most:
        raise HugeArchive(limit=limits.megabytes)
    names = {member.filename for member in members}
    found = next((kind for kind in kinds if names.issuperset(kind.members)), None)
    if found is None:
        raise UnknownKind(kinds=allowed)
    if any(name.lower().endswith(_MACROS) for name in names) or any(m.flag_bits & _ENCRYPTED for m in members):
        raise HoldsMacros
    _unpack(archive, members, most, limits)
    return found


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], most: int, limits: OfficeLimits) -> None:
    """What an archive says of its own sizes may be a lie; a block at a time is held."""
    unpacked = 0
    for member in members:
        with archive.open(member) as content:
            while block := content.read(BLOCK):
                unpacked += len(block)
                if unpacked > most:
                    raise HugeArchive(limit=limits.megabytes)
