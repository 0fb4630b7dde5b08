"""Which kinds of files are taken, as data: how each begins, what it is called, how large it may be."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from shared.rules import Names, RulesFile, RulesPart

MIB: Final = 1024 * 1024
SEEN: Final = 64
"""Bytes from the start in which every sign stands."""

Family = Literal["image", "document", "video", "office"]


class Sign(RulesPart):
    """Bytes at a place: `{at: 0, hex: FFD8FF}` or `{at: 8, text: WEBP}`."""

    at: int = Field(ge=0, lt=SEEN)
    hex: str | None = Field(None, pattern=r"^([0-9A-F]{2})+$")
    text: str | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.hex is None) == (self.text is None):
            raise ValueError("needs either hex or text")
        if self.at + len(self.wanted) > SEEN:
            raise ValueError(f"has to stand within the first {SEEN} bytes")
        return self

    @property
    def wanted(self) -> bytes:
        """What has to stand there."""
        return bytes.fromhex(self.hex) if self.hex is not None else (self.text or "").encode("latin-1")

    def stands_in(self, head: bytes) -> bool:
        """Whether it does."""
        return head[self.at : self.at + len(self.wanted)] == self.wanted


class Kind(RulesPart):
    """One kind of file. It is of this kind when all signs of one of the lists in `signs` stand at its start.

    `members` are files that an office document has inside; `megabytes` wins over the limit for all.
    """

    code: str = Field(pattern=r"^[a-z0-9]{2,10}$")
    names: Names
    family: Family
    media_types: list[str] = Field(min_length=1)
    extensions: list[str] = Field(min_length=1)
    signs: list[list[Sign]] = Field(min_length=1)
    members: list[str] = Field(default_factory=list)
    megabytes: Annotated[int, Field(ge=1, le=200)] | None = None

    def begins(self, head: bytes) -> bool:
        """Whether a file that begins so may be of this kind."""
        return any(all(sign.stands_in(head) for sign in together) for together in self.signs)


class ImageLimits(RulesPart):
    """What a picture may measure: millions of pixels, and the longer side in pixels."""

    megapixels: int = Field(ge=1, le=1000)
    longest_side: int = Field(ge=100, le=100_000)


class OfficeLimits(RulesPart):
    """What an office document may unpack to: parts, MiB together, and how many times its own size."""

    members: int = Field(ge=10, le=10_000)
    megabytes: int = Field(ge=1, le=2000)
    ratio: int = Field(ge=2, le=1000)


class FilingLimits(RulesPart):
    """What one complaint may have attached."""

    files: int = Field(ge=1, le=20)
    megabytes: int = Field(ge=1, le=1000)


class FileKinds(RulesFile):
    """The shape of `attachments.yaml`."""

    megabytes: int = Field(ge=1, le=200)
    per_complaint: FilingLimits
    image: ImageLimits
    office: OfficeLimits
    kinds: list[Kind] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [kind.code for kind in self.kinds]
        if len(set(codes)) != len(codes):
            raise ValueError("kinds: a code stands twice")
        for kind in self.kinds:
            if (kind.family == "office") != bool(kind.members):
                raise ValueError(f"kinds: {kind.code}: exactly the office kinds have members")
        return self

    def kind(self, code: str) -> Kind | None:
        """The kind with this code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def beginning_so(self, head: bytes) -> list[Kind]:
        """The kinds that a file with this start may be of: several for office documents, else one or none."""
        return [kind for kind in self.kinds if kind.begins(head)]

    def most_bytes(self, kind: Kind | None = None) -> int:
        """How large a file of the kind may be; without a kind the largest of all."""
        if kind is None:
            return max(self.most_bytes(each) for each in self.kinds)
        return (kind.megabytes or self.megabytes) * MIB

    def called(self, language: str) -> str:
        """The names of all kinds, for people."""
        return ", ".join(kind.names.in_(language) for kind in self.kinds)
