"""docker-compose.yml, what is mounted into it, and the program agree."""

import re
import stat
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from deploy import registry
from shared.runtime.process import ROLES
from shared.runtime.settings import Settings

ROOT: Final = Path(__file__).parents[3]
HERE: Final = ROOT / "deploy/compose"
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
CONTAINERS: Final[dict[str, dict[str, Any]]] = COMPOSE["services"]
PROCESSES: Final = [f"{service}-{role}" for service in registry.MODULES for role in ROLES]
SETTINGS: Final = {f"CCMS_{name.upper()}" for name in Settings.model_fields}

every_process = pytest.mark.parametrize("name", PROCESSES)


def environment(container: str) -> dict[str, str]:
    """What a container is told."""
    return dict(CONTAINERS[container].get("environment", {}))


@every_process
def test_every_role_of_every_service_has_a_container_that_can_be_scaled(name: str) -> None:
    service, role = name.split("-")
    container = CONTAINERS[name]
    assert container["command"] == ["serve", service, "--roles", role]
    assert "container_name" not in container
    assert "ports" not in container


@every_process
def test_a_process_speaks_as_its_service_and_holds_no_other_secret(name: str) -> None:
    service = name.split("-")[0]
    said = environment(name)
    assert (said["CCMS_KAFKA_USER"], said["CCMS_MONGO_USER"]) == (service, service)
    assert set(CONTAINERS[name]["secrets"]) == {"master-key", f"kafka-{service}", f"mongo-{service}"}


@every_process
def test_a_process_has_no_rights_on_its_machine(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert "volumes" not in container


@every_process
def test_a_process_starts_after_users_rights_and_topics_are_there(name: str) -> None:
    assert CONTAINERS[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_every_container_is_bounded_pinned_and_its_log_too(name: str) -> None:
    container = CONTAINERS[name]
    image, _, tag = container["image"].rpartition(":")
    assert image
    assert re.search(r"\d", tag), container["image"]
    assert container["logging"]["options"]["max-size"]
    if name not in ("prepare", "ccms"):  # they end by themselves
        assert container["restart"] == "unless-stopped"
        assert container["deploy"]["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_every_setting_is_one(name: str) -> None:
    assert {key for key in environment(name) if key.startswith("CCMS_")} <= SETTINGS


def test_secrets_are_told_by_their_files_alone() -> None:
    for name in CONTAINERS:
        for key, value in environment(name).items():
            if re.search(r"PASSWORD|SECRET|KEY|TOKEN", key):
                assert str(value).startswith("/run/secrets/"), f"{name}: {key}"
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


def test_only_the_gateway_can_be_reached_from_elsewhere() -> None:
    """What people look into for themselves is at this machine's own address."""
    for name, container in CONTAINERS.items():
        ports = container.get("ports", [])
        assert name == "gateway" or all(port.startswith("127.0.0.1:") for port in ports), name
    assert COMPOSE["networks"]["data"]["internal"] is True


def test_the_script_makes_every_secret_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other, one):
        before = {file.name: file.read_bytes() for file in folder.glob("*")}
        subprocess.run(["sh", HERE / "secrets.sh", folder], check=True, capture_output=True)
        made = {file.name: file.read_bytes() for file in folder.glob("*")}
        assert made.items() >= before.items()
        assert set(made) == set(COMPOSE["secrets"])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len({file.read_bytes() for folder in (one, other) for file in folder.iterdir()}) == 2 * len(made)
    assert len(bytes.fromhex((one / "master-key").read_text())) == 32


def test_the_gateway_sends_every_place_to_its_service() -> None:
    """As `ccms up` does: a service's name and its places, and what belongs to nobody to the one with the first page."""
    written = (HERE / "Caddyfile").read_text(encoding="utf-8")
    for name in registry.MODULES:
        places = [place for place in (name, *registry.service(name).places) if place]
        wanted = {f"/api/{name}/*"} | {path for place in places for path in (f"/{place}", f"/{place}/*")}
        line = re.search(rf"@{name} path (.*)", written)
        if "" in registry.service(name).places:
            assert line is None
            assert re.search(rf"handle {{\s+import service {name}\s+}}", written)
        else:
            assert line is not None, name
            assert set(line[1].split()) == wanted


def test_probes_and_figures_are_not_for_those_outside() -> None:
    written = (HERE / "Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"@inside path /live /ready /metrics\s+handle @inside {\s+respond 404", written)


def test_the_gateway_notes_no_address_no_query_and_no_header() -> None:
    written = (HERE / "Caddyfile").read_text(encoding="utf-8")
    for part in ("remote_ip", "client_ip", "headers"):
        assert f"request>{part} delete" in written
    assert r'request>uri regexp \?.*$ ""' in written


def test_the_cluster_is_three_of_each_and_its_settings_are_used() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    lines = (HERE / "cluster.env").read_text(encoding="utf-8").splitlines()
    said = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert said.pop("COMPOSE_PROFILES") == "cluster"
    assert all(f"${{{name}:-" in text for name in said)
    for kind, listed in (("kafka", "KAFKA_BROKERS"), ("mongo", "MONGO_MEMBERS")):
        members = [name for name in CONTAINERS if re.fullmatch(rf"{kind}-\d", name)]
        assert [address.split(":")[0] for address in said[listed].split(",")] == members
    assert (said["CCMS_REPLICATION"], said["CCMS_IN_SYNC"]) == ("3", "2")


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    stages = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")
    final = stages[-1]
    assert re.search(r"^USER \d{4,}:\d{4,}$", final, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*ccms-health", final, re.MULTILINE)
    assert "pip install" not in final
    assert "--require-hashes" in stages[-2]
