"""How each query of sharing is asked, in every form that it has."""

from datetime import UTC, datetime
from typing import Any

from services.sharing.repository.people import Sought

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SOUGHT = [
    Sought(),
    Sought(left=True),
    Sought(words="김 (하"),
    Sought(department="sales"),
    Sought(role="agent"),
    Sought(words="하린", department="sales", role="agent"),
]
CALLS: dict[str, list[dict[str, Any]]] = {
    "sharing.People.one": [{"id": "p-1"}],
    "sharing.People.page": [
        {"sought": sought, "after": after, "limit": 51} for sought in SOUGHT for after in (None, "김하린 p-1")
    ],
    "sharing.People.some": [{"ids": ["p-1", "p-2"]}],
    "sharing.People.account": [{"person": "p-1"}],
    "sharing.People.accounts": [{"people": ["p-1", "p-2"]}],
    "sharing.People.named": [{"name": "김하린"}],
    "sharing.People.administrators": [{}],
    "sharing.People.sessions": [{"person": "p-1"}],
    "sharing.People.log": [{"about": "p-1"}],
    "sharing.Departments.one": [{"code": "sales"}],
    "sharing.Departments.page": [
        {"active": active, "after": after, "limit": 51} for active in (True, False) for after in (None, "sales")
    ],
    "sharing.Departments.all": [{}],
    "sharing.Keys.one": [{"key_id": "shop"}],
    "sharing.Keys.page": [{"after": after, "limit": 51} for after in (None, (NOW, "key:shop"))],
    "sharing.Imports.one": [{"id": "i"}],
    "sharing.Imports.page": [{"after": after, "limit": 51} for after in (None, (NOW, "i"))],
    "sharing.Imports.chunks": [{"import_id": "i", "what": "refused", "after": -1, "limit": 1}],
}
