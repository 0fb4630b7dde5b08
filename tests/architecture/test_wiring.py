"""What the catalogue says is what the services do."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from deploy import registry
from shared.contracts.catalogue import CATALOGUE, entry_of
from shared.db.schema import KERNEL_MODELS
from tests.architecture.tree import ROOT, python_files, services, text, tree

METRICS = Path("shared/obs/metrics.py")
KINDS = {"Counter", "Gauge", "Histogram", "Summary", "Info", "Enum"}


def room_of(path: Path) -> str:
    """Which room of a service a file belongs to."""
    return path.parts[2].removesuffix(".py") if len(path.parts) > 2 else ""


every_service = pytest.mark.parametrize("name", registry.MODULES)


def test_every_service_is_known() -> None:
    assert set(services()) == set(registry.MODULES)
    for entry in CATALOGUE.values():
        assert set(entry.consumers) <= set(registry.MODULES), entry.topic
        assert entry.owner in registry.MODULES or entry.announced, entry.topic


def test_what_is_announced_is_not_built_yet_and_the_documents_say_so() -> None:
    """A topic may be taken before the service that owns it is there; once it is, nothing is announced any more."""
    announced = [entry for entry in CATALOGUE.values() if entry.announced]
    said = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    for entry in announced:
        assert entry.owner not in registry.MODULES, entry.topic
        assert re.search(rf"`{entry.topic}`.*announced", said), entry.topic


@every_service
def test_it_takes_the_topics_that_the_catalogue_lists_for_it(name: str) -> None:
    takes = [entry_of(on.model).topic for on in registry.service(name).takes]
    assert Counter(takes) == Counter(topic for topic, entry in CATALOGUE.items() if name in entry.consumers)


@every_service
def test_every_aggregate_has_a_collection_of_its_own(name: str) -> None:
    kernel = {"inbox", "commands", "waiting", "outbox", "numbers", "leases", "schema"}
    models = (*KERNEL_MODELS, *registry.service(name).models)
    collections = Counter(model.collection for model in models) + Counter(kernel)
    assert [collection for collection, users in collections.items() if users > 1] == []


@every_service
def test_a_service_tells_only_events_of_its_own(name: str) -> None:
    """An event class that a service's domain or handlers build is owned by that service."""
    told = {entry.model.__name__: entry.owner for entry in CATALOGUE.values() if not entry.command}
    for path in python_files("services"):
        if room_of(path) in ("domain", "handlers") and path.parts[1] == name:
            calls = {
                n.func.id for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            }
            assert {told[call] for call in calls & told.keys()} <= {name}, path


def test_no_handler_catches_anything() -> None:
    """The kernel knows what to do with an error; a handler only decides."""
    caught = [
        f"{path}:{node.lineno}"
        for path in python_files("services")
        if room_of(path) == "handlers"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Try | ast.TryStar)
    ]
    assert caught == []


def test_metrics_are_named_in_one_file() -> None:
    elsewhere = [
        f"{path}: {alias.name}"
        for path in python_files("services", "shared", "deploy")
        if path != METRICS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "prometheus_client"
        for alias in node.names
        if alias.name in KINDS
    ]
    assert elsewhere == []


def test_every_metric_is_measured() -> None:
    named = [
        t.id for n in tree(METRICS).body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)
    ]
    code = "".join(text(path) for path in python_files("services", "shared", "deploy") if path != METRICS)
    assert [name for name in named if not name.startswith("_") and not re.search(rf"\b{name}\b", code)] == []
