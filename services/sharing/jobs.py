"""Which timers sharing sets, and by which handler they fire."""

from services.sharing.handlers.imports import APPLY, apply_part

TIMERS = {APPLY: apply_part}
