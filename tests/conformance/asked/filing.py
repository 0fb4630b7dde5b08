"""How intake's queries for drafts, attachments, contacts and the log of looks are asked."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CALLS: dict[str, list[dict[str, Any]]] = {
    "intake.Attachments.one": [{"id": "a"}],
    "intake.Attachments.some": [{"ids": ["a", "b"]}],
    "intake.Attachments.unclaimed": [{"before": NOW, "limit": 100}],
    "intake.Attachments.dropped": [{"limit": 100}],
    "intake.Contacts.one": [{"id": "c"}],
    "intake.Drafts.public": [{"id": "d"}],
    "intake.Drafts.call": [{"id": "d"}],
    "intake.Drafts.calls_of": [{"owner": "p-001"}],
    "intake.Drafts.broken_down": [{}],
    "intake.Accesses.page": [{"after": after, "limit": 51} for after in (None, (NOW, "a"))],
}
