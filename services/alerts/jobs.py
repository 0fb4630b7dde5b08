"""Which timers alerts sets, and by which handler they fire."""

from services.alerts.handlers.calling import ACTIONS_LATE, UNANSWERED, escalate_unanswered
from services.alerts.handlers.checklist import escalate_late_actions
from services.alerts.handlers.containment import CONTAINMENT_LATE, escalate_late_containment
from services.alerts.handlers.judging import SILENCE_OVER, let_silence_end
from services.alerts.handlers.notices import SEASON_TURNS, turn_season

TIMERS = {
    UNANSWERED: escalate_unanswered,
    ACTIONS_LATE: escalate_late_actions,
    CONTAINMENT_LATE: escalate_late_containment,
    SILENCE_OVER: let_silence_end,
    SEASON_TURNS: turn_season,
}
