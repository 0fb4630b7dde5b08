"""How the queries of alerts are asked."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CALLS: dict[str, list[dict[str, Any]]] = {
    "alerts.Issues.page": [
        {"least_step": 0, "after": None, "limit": 51},
        {"least_step": 1, "after": (3, NOW, "i"), "limit": 51},
    ],
    "alerts.Issues.one": [{"id": "I-2026-000001"}, {"id": "i"}],
    "alerts.Issues.cases": [{"issue_id": "i", "after": after, "limit": 51} for after in (None, (NOW, "c"))],
    "alerts.Issues.of_complaint": [{"complaint_id": "c"}],
    "alerts.Issues.messages": [{"person": "p", "after": after, "limit": 51} for after in (None, (NOW, "m"))],
}
