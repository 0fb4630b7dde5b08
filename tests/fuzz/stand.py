"""The deployment that is fuzzed: every service as a process of its own on real Kafka and MongoDB, with people in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from shared.identity.organisation import load_organisation
from shared.privacy.vault import Vault, read_master_keys
from tests.chaos.fleet import LAYOUTS, Fleet
from tests.chaos.load import found
from tests.chaos.stand import standing
from tests.fuzz.callers import KEYS, Callers
from tests.integration.processes import deployment, impatient_rules, until

NEVER: Final = 1_000_000
"""Dead letters at which a consumer stops: here all are sent on purpose."""
ANSWERED_WITHIN: Final = 2.0
"""Seconds; whoever waits until nothing moves any more waits for calls that nobody answers."""
GOODS: Final = {"EB-200": "전기장판", "SM-12": "검은콩 두유", "RC-880": "압력밥솥 880"}
FILED: Final = (
    {
        "title": "전기장판 화상",
        "body": "전기장판에서 불이 나 손에 화상을 입었어요",
        "product": {"code": "EB-200", "name": "전기장판"},
    },
    {
        "title": "두유",
        "body": "두유 팩이 부풀어 있고 배탈이 났어요",
        "product": {"code": "SM-12", "name": "검은콩 두유"},
    },
    {"title": "배송", "body": "배송이 사흘이나 늦었어요. 환불해 주세요."},
)


@dataclass(frozen=True)
class Stand:
    """What is fuzzed, and by whom."""

    fleet: Fleet
    callers: Callers
    vault: Vault

    @property
    def urls(self) -> dict[str, str]:
        """Where each service listens."""
        return {post.service: post.url for post in self.fleet.posts}


@asynccontextmanager
async def stand(folder: Path) -> AsyncIterator[Stand]:
    """Everything started, with a few products and complaints; it ends with the block."""
    rules = impatient_rules(folder / "rules", ANSWERED_WITHIN, ["ceo"])
    settings = {"dead_letter_limit": NEVER, "trusted_proxies": "127.0.0.1", "rules": rules}
    async with (
        standing(folder / "stand") as servers,
        deployment(servers.servers, folder / "run", **settings) as deployed,
    ):
        fleet = Fleet.of(deployed, LAYOUTS["whole"], folder)
        await found(fleet.place)
        await fleet.start()
        url = {post.service: post.url for post in fleet.posts}
        keys = [await _key(fleet, url, id, sorted(scopes)) for id, scopes in KEYS.items()]
        callers = Callers.of(*keys)
        await _fill(url["intake"], keys[0])
        yield Stand(fleet, callers, Vault(*read_master_keys(deployed.settings.master_key_file)))


async def _key(fleet: Fleet, url: dict[str, str], id: str, scopes: list[str]) -> str:
    """A program's key, made by an administrator, once every service knows it."""
    admin = load_organisation().with_role("admin")[0].id
    async with fleet.deployment.browser(admin, url["sharing"]) as http:
        answer = await http.post("/api/sharing/v1/keys", json={"id": id, "holder": id, "may": scopes})
        assert answer.status_code == 201, answer.text
    key = str(answer.json()["api_key"])

    async def is_known() -> bool:
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {key}"}) as http:
            return (await http.get(f"{url['intake']}/api/intake/v1/complaints")).status_code == 200

    await until(is_known, "the key is known")
    return key


async def _fill(url: str, key: str) -> None:
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=30) as http:
        for code, name in GOODS.items():
            answer = await http.put(f"{url}/api/intake/v1/products/{code}", json={"name": name})
            assert answer.is_success, answer.text
        for complaint in FILED * 3:
            answer = await http.post(f"{url}/api/intake/v1/complaints", json=complaint)
            assert answer.is_success, answer.text
