"""How intake's queries for complaints are asked."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CALLS: dict[str, list[dict[str, Any]]] = {
    "intake.Complaints.one": [{"id": "C-2026-000001"}, {"id": "c"}],
    "intake.Complaints.page": [
        {"filters": filters, "after": after, "limit": 51}
        for after in (None, (NOW, "c"))
        for filters in (
            {},
            {"category": "defect"},
            {"severity": "minor"},
            {"product_code": "RC-880"},
            {"category": "defect", "severity": "minor", "product_code": "RC-880"},
            {"channel": "kca"},
            {"state": "reviewing"},
            {"cause_state": "removing", "open": "true"},
            {"department": "production"},
            {"assignee": "p-006", "severity": "minor"},
            {"issue": "i"},
            {"open": "false"},
        )
    ],
    "intake.Complaints.due": [
        {"before": NOW, "filters": filters, "after": after, "limit": 51}
        for after in (None, (NOW, "c"))
        for filters in ({}, {"department": "production", "severity": "minor"})
    ],
    "intake.Complaints.those": [{"ids": ["a", "b"], "filters": {"open": "true"}}],
}
