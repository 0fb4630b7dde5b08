"""How intake's queries for the queue and for saved views are asked."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CALLS: dict[str, list[dict[str, Any]]] = {
    "intake.Rosters.newest": [{"after": after, "limit": 1000} for after in (None, (NOW, "c"))],
    "intake.Rosters.these": [{"ids": ["a", "b"]}],
    "intake.Views.seen_by": [{"person": "p-003", "department": "production"}],
}
