"""Lists with the newest first."""

from datetime import datetime
from typing import Any


def newest(field: str) -> list[tuple[str, int]]:
    """Their order: by time, then by id."""
    return [(field, -1), ("_id", -1)]


def behind(field: str, after: tuple[datetime, str] | None) -> dict[str, Any]:
    """Rows behind a place (time, id) in that order.

    Not as `$or`: of its parts each may take an index of its own, and what they find has then to be sorted in memory.
    """
    if after is None:
        return {}
    at, id = after
    return {field: {"$lte": at}, "$nor": [{field: at, "_id": {"$gte": id}}]}
