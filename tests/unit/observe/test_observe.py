"""What Prometheus and Grafana are given: they ask for what there is, and whoever is called finds what to do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from deploy import registry
from deploy.metrics_table import PAGE, all_metrics, metrics_page
from shared.contracts.catalogue import ENTRIES
from shared.runtime.process import ROLES

ROOT = Path(__file__).parents[3]
OBSERVE = ROOT / "deploy" / "observe"
QUESTIONS = ("stuck", "lost", "slow", "alarming")
OTHERS = {
    "ALERTS": {"alertstate", "question"},
    "up": {"job", "instance"},
    "process_cpu_seconds_total": {"job", "instance"},
    "process_resident_memory_bytes": {"job", "instance"},
    "process_start_time_seconds": {"job", "instance"},
}
"""What Prometheus itself and its library tell."""
ADDED = {"job", "instance"}
_SERIES = re.compile(r"\b(ccms_\w+|process_\w+|up|ALERTS)\b(?:\{([^}]*)\})?")
_LABEL = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")
_BY = re.compile(r"\bby \(([^)]*)\)")
_HANGUL = re.compile(r"[가-힣]")


def loaded(name: str) -> Any:
    return yaml.safe_load((OBSERVE / name).read_text(encoding="utf-8"))


RULES = {rule["alert"]: rule for group in loaded("alerts.yml")["groups"] for rule in group["rules"]}
BOARDS = {name: json.loads((OBSERVE / f"grafana/dashboards/{name}.json").read_text("utf-8")) for name in QUESTIONS}
PANELS = [(name, panel) for name, board in BOARDS.items() for panel in board["panels"]]
EXPRESSIONS = {
    **{name: rule["expr"] for name, rule in RULES.items()},
    **{f"{n}: {p['title']} {t['refId']}": t["expr"] for n, p in PANELS for t in p["targets"]},
}
SECTIONS = set(re.findall(r"^#{2,3} (.+)$", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.MULTILINE))
every_rule = pytest.mark.parametrize("name", RULES)
every_expression = pytest.mark.parametrize("name", EXPRESSIONS)


def known() -> dict[str, set[str]]:
    """Every series that there is, with its labels."""
    series = {name: labels | ADDED for name, labels in OTHERS.items()}
    for name, each in all_metrics().items():
        labels = {*each._labelnames, *ADDED}
        if each._type == "histogram":
            series |= {f"{name}_bucket": labels | {"le"}, f"{name}_count": labels, f"{name}_sum": labels}
        else:
            series[name] = labels
    return series


def asked(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Every series that an expression asks for, with the labels by which it chooses."""
    for name, choice in _SERIES.findall(expression):
        yield name, set(_LABEL.findall(re.sub(r'"[^"]*"', '""', choice)))


@every_expression
def test_it_asks_for_figures_that_there_are(name: str) -> None:
    series, expression = known(), EXPRESSIONS[name]
    wanted = list(asked(expression))
    assert wanted
    for metric, labels in wanted:
        assert metric in series, metric
        assert labels <= series[metric], (metric, labels)
    told = set[str]().union(*(series[metric] for metric, _ in wanted))
    by = {label.strip() for labels in _BY.findall(expression) for label in labels.split(",") if label.strip()}
    assert by <= told


@pytest.mark.parametrize(
    ("expression", "wrong"),
    [("rate(ccms_outbox_sent[5m])", "ccms_outbox_sent"), ('ccms_role{rolle="api"}', "rolle")],
)
def test_a_name_that_there_is_not_would_be_seen(expression: str, wrong: str) -> None:
    ((metric, labels),) = asked(expression)
    assert metric == wrong or wrong in labels - known()[metric]


@every_rule
def test_an_alert_says_how_grave_it_is_and_what_to_do_in_both_languages(name: str) -> None:
    rule = RULES[name]
    told = rule["annotations"]
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["labels"]["question"] in QUESTIONS
    assert _HANGUL.search(told["summary_ko"])
    assert not _HANGUL.search(told["summary"])
    assert re.findall(r"\$labels\.\w+|\$value", told["summary"]) or name == "NothingFiled"
    assert set(re.findall(r"\$labels\.\w+", told["summary_ko"])) <= set(re.findall(r"\$labels\.\w+", told["summary"]))
    assert told["runbook"] == f"docs/operations.md#{name.lower()}"
    assert name in SECTIONS


@every_rule
def test_an_alert_is_tested_once_where_it_calls_and_once_where_it_keeps_quiet(name: str) -> None:
    cases = [case for test in loaded("alerts_test.yml")["tests"] for case in test["alert_rule_test"]]
    calls = [bool(case["exp_alerts"]) for case in cases if case["alertname"] == name]
    assert sorted(calls) == [False, True]


def test_no_section_tells_of_an_alert_that_there_is_not() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## What to do when an alert calls")[2]
    assert set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) == set(RULES)


def test_every_service_is_missed_in_every_role() -> None:
    missed = re.findall(r'service="(\w+)", role="(\w+)"', RULES["RoleMissing"]["expr"])
    assert missed == [(service, role) for service in registry.MODULES for role in ROLES]
    assert f"{len(missed)} - count(" in BOARDS["stuck"]["panels"][0]["targets"][0]["expr"]


def test_every_process_of_the_compose_file_is_asked() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    (job,) = loaded("prometheus.yml")["scrape_configs"]
    names = job["dns_sd_configs"][0]["names"]
    assert names == [name for name, each in compose.items() if each.get("command", [""])[0] == "serve"]


def test_what_the_compose_file_mounts_is_there() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    mounted = [v.split(":")[0] for name in ("prometheus", "grafana") for v in compose[name]["volumes"] if v[0] == "."]
    assert mounted
    assert [path for path in mounted if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_dashboard_is_one_question_of_which_each_panel_is_a_part(name: str) -> None:
    board = BOARDS[name]
    sources = loaded("grafana/provisioning/datasources/ccms.yml")["datasources"]
    assert board["uid"] == f"ccms-{name}"
    assert "?" in board["title"]
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids) <= 10
    for panel in board["panels"]:
        assert panel["title"].endswith("?")
        assert _HANGUL.search(panel["description"]), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert {t["datasource"]["uid"] for t in panel["targets"]} <= {source["uid"] for source in sources}
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24
        for link in panel["links"]:
            assert link["url"].partition("#")[2] in {alert.lower() for alert in RULES}


def test_every_alert_stands_behind_a_panel_of_its_question() -> None:
    for name, rule in RULES.items():
        links = {link["url"] for panel in BOARDS[rule["labels"]["question"]]["panels"] for link in panel["links"]}
        assert f"${{runbooks}}#{name.lower()}" in links


def test_no_two_panels_lie_on_each_other() -> None:
    for name, board in BOARDS.items():
        taken = [
            (x, y)
            for panel in board["panels"]
            for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
            for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
        ]
        assert len(taken) == len(set(taken)), name


def test_the_table_of_metrics_is_that_of_the_code() -> None:
    assert PAGE.read_text("utf-8") == metrics_page(), "python -m deploy.metrics_table writes it anew"


def test_what_events_are_counted_by_has_few_values() -> None:
    for entry in ENTRIES:
        if entry.counted_by is not None:
            assert len(get_args(entry.model.model_fields[entry.counted_by].annotation)) <= 8, entry.topic
