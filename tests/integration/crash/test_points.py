"""`kill -9` at every point where it could matter: nothing that was promised is lost, and every effect is there once."""

import asyncio
from pathlib import Path

import pytest

from shared.runtime.crash import POINTS
from tests.conftest import Servers
from tests.integration.crash.history import faults
from tests.integration.crash.world import World
from tests.integration.processes import deployment, impatient_rules

STEPPING = "schema.step"
"""Not passed by services that have no steps yet: tests/integration/kernel/test_schema.py kills there."""
FILES = {"file.stored", "file.deleted"}
"""Passed where files come in: tests/integration/filing/test_file_crash.py kills there."""
ONLY_ALERTS = ("timer.before", "timer.after")
SECOND_TIME = {"intake": ("commit",), "alerts": ("commit", "consumer")}
"""Where a service surely comes twice: then something was done before, which must not be done again."""
GROUPS = (
    tuple(p for p in POINTS if p.startswith(("commit", "consumer"))),
    tuple(p for p in POINTS if p.startswith(("relay", "timer"))),
)


def test_every_point_is_tried() -> None:
    assert {*GROUPS[0], *GROUPS[1]} == {*POINTS} - {STEPPING} - FILES


@pytest.mark.parametrize("points", GROUPS, ids=["commit and consumer", "relay and timer"])
async def test_a_killed_service_loses_and_doubles_nothing(
    points: tuple[str, ...], servers: Servers, tmp_path: Path
) -> None:
    found = await asyncio.gather(*(faults_after(point, servers, tmp_path / point) for point in points))
    assert dict(zip(points, found, strict=True)) == {point: [] for point in points}


async def faults_after(point: str, servers: Servers, folder: Path) -> list[str]:
    """Both services die at the point, each where it comes to it."""
    services = ["alerts"] if point in ONLY_ALERTS else ["intake", "alerts"]
    dying = {name: f"{point}:2" if point.startswith(SECOND_TIME[name]) else point for name in services}
    rules = impatient_rules(folder / "rules", 0.3, ["ceo"])
    async with deployment(servers, folder, rules=rules) as deployed:
        return faults(await World(deployed).live_through(dying))
