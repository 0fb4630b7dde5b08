"""A file is looked at while it streams through: its start decides early, its whole at the end."""

import asyncio
from dataclasses import dataclass
from typing import Final

from shared.uploads.images import check_image
from shared.uploads.kinds import MIB, SEEN, FileKinds, Kind
from shared.uploads.names import clean_name, extension_of
from shared.uploads.office import office_kind
from shared.uploads.refusals import EmptyFile, LargeFile, LyingName, UnknownKind

HEAD: Final = 512 * 1024
"""Bytes from the start that are kept: a picture says its size within them, behind colour profile and thumbnail."""
_SAYS_NOTHING: Final = {"", "application/octet-stream", "binary/octet-stream", "application/x-zip-compressed"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file turned out to be, and the name it is kept under."""

    kind: Kind
    name: str
    size: int


class Inspection:
    """One file on its way in. Holds its head; of an office document, whose limit is small, all of it."""

    def __init__(self, kinds: FileKinds, name: str, declared: str, language: str) -> None:
        self._kinds, self._language = kinds, language
        self._name = clean_name(name)
        self._declared = declared.partition(";")[0].strip().lower()
        self._held = bytearray()
        self._likely: list[Kind] | None = None
        self.size = 0

    def take(self, piece: bytes) -> None:
        """The next bytes; raises `UnknownKind`, `LyingName` or `LargeFile` as soon as that is certain."""
        self.size += len(piece)
        if self._likely is None or self._is_office or len(self._held) < HEAD:
            self._held += piece
        if self._likely is None and self.size >= SEEN:
            self._decide()
        limit = max((self._kinds.most_bytes(kind) for kind in self._likely or self._kinds.kinds), default=0)
        if self.size > limit:
            raise LargeFile(limit=limit // MIB)

    async def end(self) -> Inspected:
        """What it is, when all of it has come; raises one of the refusals."""
        if self.size == 0:
            raise EmptyFile
        if self._likely is None:
            self._decide()
        likely = self._likely or []
        kind = likely[0]
        if self._is_office:
            kind = await asyncio.to_thread(
                office_kind, bytes(self._held), likely, self._kinds.office, self._kinds.called(self._language)
            )
            self._check_says([kind])
        elif kind.family == "image":
            check_image(bytes(self._held[:HEAD]), kind, self._kinds.image)
        name = self._name if extension_of(self._name) else f"{self._name}.{kind.extensions[0]}"
        return Inspected(kind, name, self.size)

    @property
    def _is_office(self) -> bool:
        return bool(self._likely) and self._likely[0].family == "office"  # type: ignore[index]

    def _decide(self) -> None:
        self._likely = self._kinds.beginning_so(bytes(self._held[:SEEN]))
        if not self._likely:
            raise UnknownKind(kinds=self._kinds.called(self._language))
        self._check_says(self._likely)

    def _check_says(self, likely: list[Kind]) -> None:
        """Name and declared type have to fit one of the kinds, or say nothing."""
        ending = extension_of(self._name)
        named = [kind for kind in likely if not ending or ending in kind.extensions]
        declared = [kind for kind in named if self._declared in _SAYS_NOTHING or self._declared in kind.media_types]
        if declared:
            return
        if len(likely) > 1 and not any(ending in kind.extensions for kind in self._kinds.kinds):
            raise UnknownKind(kinds=self._kinds.called(self._language))  # some archive, and it does not claim more
        raise LyingName(found=likely[0].names.in_(self._language) if len(likely) == 1 else "ZIP")
