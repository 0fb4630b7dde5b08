"""Whether there may be more than was read: by number, by size, and with records that have no body."""

from typing import Any

import pytest

from shared.messaging import unsent
from shared.messaging.unsent import ROUND_BYTES, Unsent


@pytest.mark.parametrize(
    ("bodies", "more"),
    [
        ([], False),
        ([b"{}", None], False),
        ([b"{}"] * 3, True),
        ([b"x" * (ROUND_BYTES // 2)] * 2, True),
        ([None, b"x" * (ROUND_BYTES // 2)], False),
    ],
)
def test_a_round_is_full_by_rows_or_by_bytes(
    bodies: list[bytes | None], more: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "ROUND", 3)
    rows: list[dict[str, Any]] = [{"body": body} for body in bodies]
    assert Unsent.may_be_more(rows) is more
