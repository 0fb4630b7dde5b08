"""Complaints and a desk for tests of alerts."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from services.alerts.repository import AlertsUow
from services.alerts.service import rules_of
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.identity.organisation import load_organisation
from shared.runtime.settings import Settings
from shared.testing.fake import NOON, Desk

RULES = rules_of(Settings(mode="local"))
ORGANISATION = load_organisation()
BURN = "전기장판에서 불이 나 손에 화상을 입었어요"
LATE = "배송이 사흘이나 늦었어요"


def a_desk() -> Desk:
    """An empty alerts service."""
    return Desk(AlertsUow, RULES)


def a_complaint(body: str = BURN, **other: Any) -> ComplaintCreated:
    """A complaint about one electric blanket, unless said otherwise."""
    facts: dict[str, Any] = {
        "complaint_id": uuid4().hex,
        "number": "C-2026-000001",
        "kind": "complaint",
        "channel": "web",
        "title": "전기장판",
        "body": body,
        "language": "ko",
        "product_code": "EB-200",
        "product_name": "전기장판",
        "category": "delivery",
        "category_name": {"ko": "배송", "en": "Delivery"},
        "severity": "minor",
        "knowledge_at": NOON,
        "filed_at": NOON + timedelta(minutes=1),
    }
    return ComplaintCreated(**(facts | other))


def a_reclassification(of: ComplaintCreated, category: str) -> ComplaintClassified:
    """The CS office puts a complaint into another category."""
    return ComplaintClassified(
        complaint_id=of.complaint_id,
        number=of.number,
        category=category,
        category_name={"ko": category, "en": category},
        previous_category=of.category,
        severity="minor",
        complexity="low",
        impact="low",
        immediate_action=False,
        confidence=1.0,
    )
