"""Rate limits of public routes: a bucket of tokens per visitor and purpose, in memory that has a limit itself."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from shared.errors import Refused
from shared.language.i18n import _
from shared.rules import RulesPart

MOST: Final = 20_000
"""Buckets that are kept; the one that was asked longest ago goes first, and it is full by then as a rule."""


class TooManyRequests(Refused):
    """Too many in too short a time. Inputs: `seconds` until the next one is taken."""

    text = _("Too many requests came from here. Try again in {seconds} seconds; nothing you entered is lost.")
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(None, seconds=seconds)
        self.retry_after = seconds


class Rate(RulesPart):
    """How often something may be done: so many at once, and so many a minute after that."""

    burst: int
    per_minute: float


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """Counts by mark and purpose. `seconds` is a monotonic clock. Each process counts for itself."""

    def __init__(self, seconds: Callable[[], float], most: int = MOST) -> None:
        self._seconds, self._most = seconds, most
        self._kept: OrderedDict[tuple[bytes, str], _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, mark: bytes, purpose: str, rate: Rate) -> None:
        """Take one token; raises `TooManyRequests`."""
        now = self._seconds()
        bucket = self._kept.pop((mark, purpose), None) or _Bucket(float(rate.burst), now)
        bucket.tokens = min(float(rate.burst), bucket.tokens + (now - bucket.at) * rate.per_minute / 60)
        bucket.at = now
        self._kept[mark, purpose] = bucket
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        if bucket.tokens < 1:
            raise TooManyRequests(math.ceil((1 - bucket.tokens) * 60 / rate.per_minute))
        bucket.tokens -= 1
