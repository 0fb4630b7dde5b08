"""Filing over HTTP with an API key, and seeing what becomes of it."""

from typing import Any, Final

import httpx

from tests.containers.project import Project
from tests.integration.processes import until

FIRE: Final = {"body": "전기장판에서 불이 나 손에 화상을 입었어요", "product": {"code": "EB-200", "name": "전기장판"}}
PATIENCE: Final = 180.0


async def ask(one: Project, key: str, method: str, service: str, path: str, body: Any = None) -> dict[str, Any]:
    """A request with an API key."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(headers=headers, timeout=30, verify=False) as client:
        answer = await client.request(method, f"{one.url(service)}/api/{service}/v1/{path}", json=body)
    assert answer.is_success, answer.text
    return dict(answer.json())


async def file_fire(one: Project, key: str) -> tuple[dict[str, Any], str]:
    """File a fire; the complaint, and the id of the issue on step 3 that it is in."""
    filed: dict[str, Any] = {}

    async def is_taken() -> bool:
        try:
            filed.update(await ask(one, key, "POST", "intake", "complaints", FIRE))
        except (AssertionError, httpx.TransportError):
            return False
        return True

    async def risen() -> str:
        for issue in (await ask(one, key, "GET", "alerts", "issues?least_step=3"))["items"]:
            cases = await ask(one, key, "GET", "alerts", f"issues/{issue['id']}/complaints")
            if filed["id"] in {case["id"] for case in cases["items"]}:
                return str(issue["id"])
        return ""

    await until(is_taken, "it is taken", PATIENCE)
    return filed, await until(risen, "it is in an issue on step 3", PATIENCE)
