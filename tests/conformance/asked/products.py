"""How the queries of the product register are asked."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CALLS: dict[str, list[dict[str, Any]]] = {
    "intake.Products.one": [{"code": "RC-880"}],
    "intake.Products.page": [
        {"filters": filters, "after": after, "limit": 51}
        for filters in ({}, {"line": "food"}, {"active": True}, {"line": "food", "active": True})
        for after in (None, "rc-880")
    ],
    "intake.Products.those": [{"ids": ["rc-880"]}],
    "intake.Products.lot": [{"product": "RC-880", "lot": "26K03"}],
    "intake.Products.lots": [
        {"product": "rc-880", "after": after, "limit": 51} for after in (None, ("2026-10-03", "l"), ("", "l"))
    ],
    "intake.Products.exposures": [
        {"product": product, "after": after, "limit": 51}
        for product in (None, "rc-880")
        for after in (None, ("2026-10-01", "e"))
    ],
    "intake.TableImports.one": [{"id": "i"}],
    "intake.TableImports.latest": [{"limit": 10}],
    "intake.TableImports.refused": [{"id": "i"}],
}
