"""`kill -9` at every point where it could matter: nothing that was promised is lost, and every effect is there once."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from shared.runtime.crash import POINTS
from shared.runtime.process import ROLES
from tests.chaos.place import SERVICES
from tests.conftest import Servers
from tests.integration.crash.world import faults_after
from tests.integration.processes import ROOT

ELSEWHERE = {
    "schema.step": "tests/integration/kernel/test_schema.py",
    "file.stored": "tests/integration/filing/test_file_crash.py",
    "file.deleted": "tests/integration/filing/test_file_crash.py",
}
"""Points that a load does not come to (a step of the schema, a file's end), and the tests that kill there."""
NEVER = {("sharing", "consumers"): {"commit.apart", "consumer.before_dead"}}
"""Sharing hears nobody but itself, and nothing that it tells can fail."""
OF_COMMANDS = "tests/integration/restore"
"""Where the points are tried that no role passes."""


def deaths(service: str) -> dict[str, Sequence[str]]:
    """The points at which each role of a service dies here."""
    here = {role: [point for point, roles in POINTS.items() if role in roles] for role in ROLES}
    left_out = {role: {*ELSEWHERE, *NEVER.get((service, role), ())} for role in ROLES}
    return {role: [point for point in points if point not in left_out[role]] for role, points in here.items()}


def test_every_point_is_tried_by_every_role_that_passes_it() -> None:
    tried = {(role, point) for service in SERVICES for role, points in deaths(service).items() for point in points}
    told = {point for point, path in ELSEWHERE.items() if f'"{point}' in (ROOT / path).read_text()}
    assert {(role, point) for point, roles in POINTS.items() for role in roles if point not in told} == tried


def test_every_point_of_a_command_is_tried() -> None:
    tried = "\n".join(path.read_text() for path in (ROOT / OF_COMMANDS).rglob("test_*.py"))
    assert [point for point, roles in POINTS.items() if not roles and f'"{point}' not in tried] == []


def test_the_table_of_points_is_that_of_the_code() -> None:
    code = "\n".join(
        path.read_text() for room in ("shared", "services", "deploy") for path in (ROOT / room).rglob("*.py")
    )
    assert set(re.findall(r'crash\.point\("([^"]+)"\)', code)) == set(POINTS)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("service", SERVICES)
async def test_a_killed_process_loses_and_doubles_nothing(service: str, servers: Servers, tmp_path: Path) -> None:
    assert await faults_after(service, deaths(service), servers, tmp_path) == []
