"""Figures of a whole service come from one process, and what is counted can be seen to grow from its first."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from prometheus_client import REGISTRY

from shared.messaging.counting import count_from_zero, count_sent
from shared.obs import metrics
from shared.obs.holding import holds


def value(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)


def test_who_lost_the_lease_says_nothing_of_the_outbox_any_more() -> None:
    service, other = uuid4().hex, uuid4().hex
    for each in (service, other):
        holds(each, "relay", True)
        metrics.OUTBOX_AGE.labels(each).set(300)
    holds(service, "relay", False)
    assert value("ccms_lease_held", service=service, lease="relay") == 0
    assert value("ccms_outbox_age_seconds", service=service) is None
    assert value("ccms_outbox_age_seconds", service=other) == 300


def test_calls_of_every_step_are_counted_from_nothing() -> None:
    labels = {"service": "alerts", "topic": "issue.escalated"}
    count_from_zero("alerts")
    before = {step: value("ccms_outbox_sent_total", **labels, by=step) for step in "123"}
    assert None not in before.values()
    count_sent("alerts", [{"topic": "issue.escalated", "by": "3"}] * 2 + [{"topic": "issue.opened"}])
    assert value("ccms_outbox_sent_total", **labels, by="3") == (before["3"] or 0) + 2
    assert value("ccms_outbox_sent_total", **labels, by="2") == before["2"]


def test_how_long_an_alarm_takes_is_measured_from_the_complaint_and_not_when_it_is_told_again() -> None:
    def slow() -> float:
        return value("ccms_event_delay_seconds_sum", topic="issue.escalated") or 0.0

    count_from_zero("alerts")
    before, caused_at = slow(), datetime.now(UTC) - timedelta(seconds=40)
    count_sent("alerts", [{"topic": "issue.escalated", "by": "3", "caused_at": caused_at}])
    assert 40 <= slow() - before < 60
    count_sent("alerts", [{"topic": "issue.escalated", "by": "3"}])
    assert slow() - before < 60
