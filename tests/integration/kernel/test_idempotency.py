"""Idempotency keys over HTTP: one key, one complaint, one answer, and no answer that lies open."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.db.client import Mongo
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment

BODY = {"body": "배송이 사흘이나 늦었어요", "contact": {"name": "홍길동"}}


class Filing:
    """Intake, and a client of it."""

    def __init__(self, deployed: Deployment, intake: Served) -> None:
        self.deployed, self.intake = deployed, intake
        self.client = deployed.client()
        self.mongo: Mongo = deployed.mongo("intake")

    async def file(self, key: str, **other: Any) -> httpx.Response:
        """File under a key."""
        url = f"{self.intake.url}/api/intake/v1/complaints"
        return await self.client.post(url, json=BODY | other, headers={"Idempotency-Key": key})

    async def complaints(self) -> int:
        """How many there are."""
        return await self.mongo.count("complaints", {})


@pytest.fixture
async def filing(servers: Servers, tmp_path: Path) -> AsyncIterator[Filing]:
    """A running intake."""
    async with deployment(servers, tmp_path) as deployed:
        made = Filing(deployed, await deployed.ready(deployed.start("intake")))
        yield made
        await made.client.aclose()


async def test_twins_at_once_get_one_complaint_and_the_same_answer(filing: Filing) -> None:
    answers = await asyncio.gather(*(filing.file("k") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await filing.complaints() == 1


async def test_other_content_under_the_same_key_is_refused(filing: Filing) -> None:
    await filing.file("k")
    refused = await filing.file("k", body="전혀 다른 불만입니다")
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["Idempotency-Key"]
    assert await filing.complaints() == 1


async def test_other_keys_make_other_complaints(filing: Filing) -> None:
    first, second = await filing.file("k"), await filing.file("l")
    assert first.json()["id"] != second.json()["id"]
    assert await filing.complaints() == 2


async def test_the_answer_is_given_again_after_a_restart(filing: Filing) -> None:
    before = await filing.file("k")
    filing.intake.process.kill()
    await filing.intake.ended()
    filing.intake = await filing.deployed.ready(filing.deployed.start("intake"))
    after = await filing.file("k")
    assert (after.status_code, after.text) == (201, before.text)
    assert await filing.complaints() == 1


async def test_the_answer_is_kept_encrypted(filing: Filing) -> None:
    answer = (await filing.file("k")).json()
    (row,) = await filing.mongo.find("commands", {})
    kept = repr(row)
    assert row["answer"]
    for open_text in (answer["id"], answer["number"], answer["category"]):
        assert open_text not in kept


async def test_a_refusal_is_not_kept_so_that_the_key_can_be_used_for_what_is_right(filing: Filing) -> None:
    refused = await filing.file("k", occurred_at="2999-01-01T00:00:00Z")
    assert refused.status_code == 422
    assert (await filing.file("k")).status_code == 201
