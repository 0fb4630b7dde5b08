"""How intake's queries for what stands beside a complaint are asked."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CALLS: dict[str, list[dict[str, Any]]] = {
    "intake.Cards.entries": [{"complaint_id": "c", "after": after, "limit": 51} for after in (3, 40)],
    "intake.Cards.issues": [{"ids": ["a", "b"]}],
    "intake.Cards.letters": [{"complaint_id": "c"}],
    "intake.Cards.overdue": [{"now": NOW, "limit": 10_000}],
    "intake.Cards.in_hands_of": [{"people": ["p-001", "p-002"]}],
    "intake.Cards.waiting_for": [{"departments": ["production", "sales"]}],
}
