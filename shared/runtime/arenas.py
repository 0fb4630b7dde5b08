"""The C library's memory, set for this program: without it a process holds twice as much."""

import ctypes
import sys
from typing import Final

ARENA_MAX: Final = -8
"""What glibc's malloc.h calls M_ARENA_MAX."""
FEW: Final = 2
"""Pools of memory that all threads share. glibc gives eight to a core, one a thread, and each keeps what its thread
held at its busiest: with the driver's sixteen threads some 100 MB. Python's threads take turns anyway."""


def share_arenas() -> None:
    """Have threads share pools; called before there are any. Where the C library is another one, nothing is done."""
    _call("mallopt", ARENA_MAX, FEW)


def give_back() -> None:
    """Let the system have what a burst needed, such as reading everything at the start; takes a few milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    function = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    if function is not None:
        function(*numbers)
