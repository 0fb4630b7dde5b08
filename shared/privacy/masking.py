"""Mask what names or leads to a person, so that a text may be read by all staff and leave intake."""

import re

from shared.privacy.addresses import mask_addresses
from shared.privacy.names import mask_names
from shared.privacy.numbers import mask_numbers
from shared.privacy.signs import mask_signs

_MOST_PASSES = 8
_DIGIT = re.compile(r"\d")


def mask(text: str) -> str:
    """`text` with tokens like `[이름]`, `[전화]`, `[주소]` for personal data; masked text stays as it is.

    Product numbers, lots, amounts and dates are kept. Any string is fine; time is linear in its length.
    """
    for _ in range(_MOST_PASSES):
        masked = _mask_once(text)
        if masked == text:
            break
        text = masked
    return text


def _mask_once(text: str) -> str:
    text = mask_signs(text)
    if _DIGIT.search(text):
        text = mask_addresses(mask_numbers(text))
    return mask_names(text)
