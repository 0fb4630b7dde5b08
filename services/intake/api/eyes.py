"""Complaints as the one who asks may see them."""

from collections.abc import Callable

from fastapi import Request

from services.intake.domain.acceptance import Deciding
from services.intake.domain.complaint import Complaint
from services.intake.domain.seeing import Eyes
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA
from shared.web.reader import language_of


def seen_by(request: Request, viewer: Principal) -> Callable[[Complaint], Complaint]:
    """Turns a complaint into what this viewer sees of it today."""
    running = request.app.state.running
    store, rules = running.store, running.store.rules
    language = language_of(request.scope, running.settings.language)
    today = store.clock.now().astimezone(KOREA).date()
    assert isinstance(rules, Deciding)

    def seen(complaint: Complaint) -> Complaint:
        sight = rules.sight.of(viewer, complaint, store.directory.organisation, today)
        return Eyes(sight, rules.sight, language).complaint(complaint)

    return seen
