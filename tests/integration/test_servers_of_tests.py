"""The servers that tests share keep what a test needs, whatever day it is."""

from shared.db.client import run_admin_command
from tests.conftest import Servers


async def test_nothing_is_too_old_for_mongodb_when_the_clock_of_a_test_stands_on_another_day(servers: Servers) -> None:
    said = await run_admin_command(servers.mongo, {"getParameter": 1, "ttlMonitorEnabled": 1}, 10.0)
    assert said["ttlMonitorEnabled"] is False
