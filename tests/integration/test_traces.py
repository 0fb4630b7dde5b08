"""One complaint is one trace, from the request through topics and databases of several processes to the alert."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from tests.conftest import Servers
from tests.integration.collector import Collector, Told, collecting
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.test_path import BURN
from tests.integration.topics import Heard, hearing

AT_MOST = 10.0
"""Seconds for which a process may take to stop whose traces nobody takes; the library would try for 30."""
SOON = {"OTEL_BSP_SCHEDULE_DELAY": "100"}
WHO: dict[str, Any] = {"contact": {"name": "홍길동", "phone": "010-1234-5678", "email": "hong@example.com"}}
SAID = (BURN["body"], "전기장판", BURN["product"]["code"], *WHO["contact"].values(), "p-027")
"""What was entered, and who is called: none of it is for those who look after machines."""
PATH = [
    ("intake", "SERVER", "POST /api/intake/v1/complaints"),
    ("intake", "CLIENT", "transaction {}ccms_intake"),
    ("intake", "CLIENT", "insert complaints"),
    ("intake", "CLIENT", "commitTransaction {}ccms_intake"),
    ("intake", "PRODUCER", "send {}complaint.created"),
    ("alerts", "CONSUMER", "process {}complaint.created"),
    ("alerts", "CLIENT", "transaction {}ccms_alerts"),
    ("alerts", "CLIENT", "insert issues"),
    ("alerts", "PRODUCER", "send {}issue.escalated"),
    ("intake", "CONSUMER", "process {}issue.escalated"),
    ("intake", "CLIENT", "transaction {}ccms_intake"),
    ("alerts", "CONSUMER", "process {}issue.escalated"),
]
"""What has to be in the trace of a burn, by service; the last is the feed that tells open pages."""
CHAIN = ["process {}issue.escalated", "send {}issue.escalated", "process {}complaint.created",
         "send {}complaint.created", "POST /api/intake/v1/complaints"]  # fmt: skip
"""The way back from the alert to the request, a parent a step."""


def start(deployed: Deployment, address: str) -> list[Served]:
    """Three processes: who takes requests, who does the rest of intake, and alerts."""
    roles = [("intake", "api"), ("intake", "consumers,relay,jobs"), ("alerts", "api,consumers,relay,jobs")]
    about = {"CCMS_TRACES": address, "CCMS_LOG_LEVEL": "debug", **SOON}
    return [deployed.start(service, "--roles", played, **about) for service, played in roles]


async def file(deployed: Deployment, intake: Served, **headers: str) -> str:
    """File a burn; the correlation id of the answer."""
    async with deployed.client() as client:
        answer = await client.post(f"{intake.url}/api/intake/v1/complaints", json=BURN | WHO, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["x-correlation-id"])


def shape(span: Told) -> tuple[str, str, str]:
    return span.service, span.kind, span.name


def in_namespace(deployed: Deployment, name: str) -> str:
    return name.format(deployed.settings.namespace)


async def whole_trace(deployed: Deployment, collector: Collector, correlation: str) -> list[Told]:
    """All spans of the trace that a request began, once what has to be in it is there."""
    wanted = {(service, kind, in_namespace(deployed, name)) for service, kind, name in PATH}

    async def found() -> list[Told]:
        request = [s for s in list(collector.spans) if s.attributes.get("ccms.correlation_id") == correlation]
        spans = collector.of(request[0].trace) if request else []
        return spans if wanted <= set(map(shape, spans)) else []

    def told() -> str:
        return "\n".join(sorted(f"{s.service} {s.kind} {s.name}" for s in collector.spans))

    try:
        return await until(found, "the trace is whole")
    except AssertionError as late:
        raise AssertionError(told()) from late


async def test_a_burn_is_one_trace_from_the_request_to_the_alert(servers: Servers, tmp_path: Path) -> None:
    with collecting() as collector:
        async with deployment(servers, tmp_path) as deployed:
            started = await asyncio.gather(*(deployed.ready(one) for one in start(deployed, collector.url)))
            correlation = await file(deployed, started[0])
            spans = await whole_trace(deployed, collector, correlation)
            async with hearing(deployed.settings, "issue.escalated") as ear:
                told = (await ear.first("issue.escalated")).said["traceparent"]
            lines = [line for one in started for line in lines_of(one.log) if line.get("trace_id") == spans[0].trace]
            await until(partial(are_told, collector, {line["span_id"] for line in lines}), "the spans of all lines")
            seen = [*(str(span) for span in collector.spans), *(one.log.read_text() for one in started)]
            seen += [await figures(one) for one in started]
    assert len({span.process for span in spans}) == len(started)
    assert way_back(spans, "intake") == [in_namespace(deployed, name) for name in CHAIN]
    assert told[3:35] == spans[0].trace
    assert {line["correlation_id"] for line in lines} == {correlation}
    assert {line["event"] for line in lines} >= {"http.answered", "event.sent", "event.taken"}
    assert {line.get("topic") for line in lines if line["event"] == "event.sent"} >= {
        "complaint.created", "issue.escalated",
    }  # fmt: skip
    assert [value for value in SAID if any(value in text for text in seen)] == []


async def are_told(collector: Collector, ids: set[str]) -> bool:
    """Whether the spans have come, which every process sends when it has some."""
    return ids <= {span.id for span in collector.spans}


def way_back(spans: list[Told], service: str) -> list[str]:
    """From where a service heard of the alert up to the first span."""
    by_id = {span.id: span for span in spans}
    at = next(s for s in spans if s.service == service and s.name.endswith("issue.escalated"))
    way = [at]
    while at.parent:
        at = by_id[at.parent]
        way.append(at)
    return [span.name for span in way]


def lines_of(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]


async def figures(served: Served) -> str:
    """What a process tells at `/metrics`."""
    async with httpx.AsyncClient() as client:
        return (await client.get(f"{served.url}/metrics")).text


async def test_only_a_program_goes_on_with_its_own_trace_and_decides_whether_it_is_recorded(
    servers: Servers, tmp_path: Path
) -> None:
    loud, silent, stranger = (f"{digit}bf92f3577b34da6a3ce929d0e0e4736" for digit in "456")
    with collecting() as collector:
        async with deployment(servers, tmp_path) as deployed:
            about = {"CCMS_TRACES": collector.url, **SOON}
            intake = await deployed.ready(deployed.start("intake", **about))
            await file(deployed, intake, traceparent=f"00-{silent}-00f067aa0ba902b7-00")
            correlation = await file(deployed, intake, traceparent=f"00-{loud}-00f067aa0ba902b7-01")
            async with deployed.browser("p-027", intake.url) as browser:
                await browser.get("/complaints/new", headers={"traceparent": f"00-{stranger}-00f067aa0ba902b7-01"})

            async def is_told() -> bool:
                names = [span.name for span in collector.of(loud)]
                others = [span.name for span in list(collector.spans) if span.trace != loud]
                return any(name.startswith("send") for name in names) and "GET /complaints/new" in others

            await until(is_told, "both traces are sent")
            async with hearing(deployed.settings, "complaint.created") as ear:
                first, second = [await ear.first("complaint.created", is_in(trace)) for trace in (silent, loud)]
    assert (correlation, collector.of(loud)[0].parent) == (loud, "00f067aa0ba902b7")
    assert collector.of(silent) == collector.of(stranger) == []
    assert first.said["traceparent"] == f"00-{silent}-00f067aa0ba902b7-00"
    assert second.said["traceparent"].endswith("-01")


def is_in(trace: str) -> Callable[[Heard], bool]:
    return lambda heard: trace in heard.said["traceparent"]


async def test_a_collector_that_is_away_keeps_nobody_waiting(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake", CCMS_TRACES="http://127.0.0.1:9", **SOON))
        await file(deployed, intake)
        begun = monotonic()
        assert await intake.stop() == 0
        assert monotonic() - begun < AT_MOST
