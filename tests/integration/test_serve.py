"""`ccms serve` as a program of its own, as a deployment starts it: ready, asked to stop, and gone in order."""

from pathlib import Path

import httpx

from tests.conftest import Servers
from tests.integration.processes import deployment


async def test_it_says_where_it_listens_and_ends_in_order_when_asked(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        deployed.serve = ("-m", "deploy.cli", "serve")
        served = await deployed.ready(deployed.start("alerts"))
        async with httpx.AsyncClient(base_url=served.url) as anyone:
            assert (await anyone.get("/live")).status_code == 200
            assert (await anyone.get("/api/alerts/v1/issues")).status_code == 401
        assert await served.stop() == 0
        assert served.log.read_text().splitlines() == [f"ready {served.url}"]
