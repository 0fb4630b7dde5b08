"""How large a picture is, read from its first bytes; nothing is decoded."""

import io

import imagesize

from shared.uploads.kinds import ImageLimits, Kind
from shared.uploads.refusals import HugeImage, UnreadableFile


def check_image(head: bytes, kind: Kind, limits: ImageLimits) -> None:
    """Raises `UnreadableFile` when no size stands in `head`, `HugeImage` when it is beyond the limits."""
    width, height = imagesize.get(io.BytesIO(head), exif_rotation=False)
    if width < 1 or height < 1:
        raise UnreadableFile(found=kind.code.upper())
    if width * height > limits.megapixels * 1_000_000 or max(width, height) > limits.longest_side:
        raise HugeImage(limit=limits.megapixels)
