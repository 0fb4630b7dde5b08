"""Which timers intake sets, and by which handler they fire: none so far."""

from shared.runtime.service import TimerHandler

TIMERS: dict[str, TimerHandler] = {}
