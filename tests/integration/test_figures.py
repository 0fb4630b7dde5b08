"""What a running system tells of itself: everything that an alert or a dashboard asks for, and what is true."""

import asyncio
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import Servers
from tests.integration.processes import Served, deployment, until
from tests.integration.test_path import BURN, file
from tests.unit.observe.test_observe import EXPRESSIONS, asked

QUIET = {"up", "ALERTS"}
"""Prometheus' own."""


async def figures(*processes: Served) -> dict[str, list[tuple[dict[str, str], float]]]:
    """What processes tell, by the name of the series."""
    told: dict[str, list[tuple[dict[str, str], float]]] = {}
    async with httpx.AsyncClient() as client:
        for served in processes:
            text = (await client.get(f"{served.url}/metrics")).text
            for family in text_string_to_metric_families(text):
                for sample in family.samples:
                    told.setdefault(sample.name, []).append((sample.labels, sample.value))
    return told


async def test_an_alarm_is_seen_in_the_figures_and_nothing_that_is_asked_for_is_missing(
    servers: Servers, tmp_path: Path
) -> None:
    async with deployment(servers, tmp_path) as deployed:
        names = ("intake", "alerts", "sharing")
        started = await asyncio.gather(*(deployed.ready(deployed.start(name)) for name in names))
        await file(deployed, started[0], BURN)

        async def value(name: str, **labels: str) -> float | None:
            told = (await figures(*started)).get(name, [])
            return next((number for has, number in told if labels.items() <= has.items()), None)

        async def is_told() -> bool:
            return (
                await value("ccms_outbox_sent_total", topic="issue.escalated", by="3") == 1
                and await value("ccms_event_delay_seconds_count", topic="issue.escalated") == 1
                and await value("ccms_consumer_lag_records", consumer="alerts.complaint.created") == 0
                and await value("ccms_calls_open", service="alerts", step="3") == 1
            )

        await until(is_told, "the alarm stands in the figures")
        told = await figures(*started)
    missing = {name for text in EXPRESSIONS.values() for name, _ in asked(text)} - told.keys() - QUIET
    assert missing <= {"ccms_commit_conflicts_total", "ccms_search_seconds_bucket"}, "what did happen has to be told"
    assert {labels["service"] for labels, held in told["ccms_lease_held"] if held == 1} == set(names)
    assert 0 < next(n for has, n in told["ccms_call_age_seconds"] if has["step"] == "3") < 120
    assert [number for _, number in told["ccms_dead_letters_open"]] == [0, 0, 0]
    assert {has["method"] for has, _ in told["ccms_http_seconds_count"] if not has["route"]} <= {""}
