"""Which timers alerts sets, and by which handler they fire."""

from services.alerts.handlers import UNANSWERED, escalate_unanswered

TIMERS = {UNANSWERED: escalate_unanswered}
