"""How the queries of alerts are asked."""

from datetime import UTC, datetime
from typing import Any, get_args

from services.alerts.domain.notice import Notice, NoticeState, NoticeText
from services.alerts.repository.issues import Filters, Shelf

NOW = datetime(2026, 11, 20, tzinfo=UTC)
FILTERS = [
    *(Filters(shelf) for shelf in get_args(Shelf)),
    Filters(step=2),
    Filters(least_step=1),
    Filters("open", step=3),
    Filters(product="전기장판"),
    Filters("closed", step=1, product="EB"),
    Filters("closed", least_step=2, product="E"),
    Filters(called="p-027"),
    Filters("open", called="p-027", step=3, product="EB"),
]
TEXT = NoticeText(title="t", hazard="h", rule="r", consequence="c")
NOTICE = Notice(id="n", number="N-2026-000001", text=TEXT, drafted_by="p", drafted_at=NOW, shown_at=NOW)
CALLS: dict[str, list[dict[str, Any]]] = {
    "alerts.Counting.by_issue": [{}],
    "alerts.Counting.without_issue": [{}],
    "alerts.Counting.issues": [{"after": "", "limit": 500}],
    "alerts.Counting.with_series": [{"series": "EB-200|hazard:fire", "joined_into": "i"}],
    "alerts.Issues.page": [
        {"filters": filters, "after": after, "limit": 51}
        for filters in FILTERS
        for after in (None, "0 2026-11-20T00:00:00.000+00:00 i")
    ],
    "alerts.Issues.count": [{"filters": filters, "limit": 100} for filters in FILTERS],
    "alerts.Issues.unanswered": [{}],
    "alerts.Issues.one": [{"id": "I-2026-000001"}, {"id": "i"}],
    "alerts.Issues.several": [{"ids": ["i", "j"]}],
    "alerts.Issues.of_product": [{"code": "EB-200", "limit": 7}],
    "alerts.Issues.with_problem": [{"problem": "hazard:fire", "limit": 7}],
    "alerts.Issues.cases": [
        {"issue_ids": ids, "after": after, "limit": 51} for ids in (["i"], ["i", "j"]) for after in (None, (NOW, "c"))
    ],
    "alerts.Issues.of_complaint": [{"complaint_id": "c"}],
    "alerts.Issues.moments": [{"issue_id": "i", "before": before, "limit": 51} for before in (None, 7)],
    "alerts.Messages.page": [{"person": "p", "after": after, "limit": 51} for after in (None, (NOW, "m"))],
    "alerts.Messages.unread": [{"person": "p", "limit": 100}],
    "alerts.Messages.unread_ids": [{"person": "p", "limit": 100}],
    "alerts.Notices.page": [
        {"state": state, "after": after, "limit": 51} for state in get_args(NoticeState) for after in (None, (NOW, "n"))
    ],
    "alerts.Notices.heads": [{}],
    "alerts.Notices.several": [{"ids": ["n", "m"]}],
    "alerts.Notices.for_consumers": [{"after": after, "limit": 51} for after in (None, (NOW, "n"))],
    "alerts.Notices.one": [{"id": "N-2026-000001"}, {"id": "n"}],
    "alerts.Notices.of_issue": [{"issue_id": "i", "limit": 5, "drafts": drafts} for drafts in (True, False)],
    "alerts.Notices.read_by": [{"person": "p", "notices": [NOTICE]}],
    "alerts.Notices.readers": [{"notice_id": "n", "edition": 1}],
}
