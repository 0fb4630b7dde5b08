"""The examples for other systems, run as programs against both services: what the documents promise holds."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy import registry
from shared.messaging.kafka import drop_topics
from shared.messaging.topics import topics_of
from shared.runtime.process import Running
from shared.runtime.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE = 60.0
BURN = "전기장판에서 불이 나 손에 화상을 입었어요"


@pytest.fixture
def deployment(settings: Settings) -> Settings:
    """Settings of a namespace that only this test uses."""
    return settings.model_copy(update={"namespace": f"e{uuid4().hex[:10]}-"})


@pytest.fixture
async def run_file(deployment: Settings, tmp_path: Path) -> AsyncIterator[Path]:
    """Both services at work, and the file in which `ccms up` says where they are."""
    async with AsyncExitStack() as stack:
        for name in registry.MODULES:
            await stack.enter_async_context(_running(name, deployment))
        file = tmp_path / "run.json"
        file.write_text(json.dumps({"kafka": deployment.kafka}), encoding="utf-8")
        yield file
    await drop_topics(deployment.brokers, [topic.name for topic in topics_of(deployment, registry.MODULES)])


@asynccontextmanager
async def _running(name: str, deployment: Settings) -> AsyncIterator[None]:
    running = Running(registry.service(name), deployment)
    try:
        await running.start()
        yield
    finally:
        await running.mongo.drop()
        await running.stop()


@asynccontextmanager
async def example(name: str, deployment: Settings, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of the examples as a program of its own."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        str(EXAMPLES / name),
        *arguments,
        env={**os.environ, "CCMS_NAMESPACE": deployment.namespace, "PYTHONIOENCODING": "utf-8"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield program
    finally:
        if program.returncode is None:
            program.kill()
        await program.wait()


async def line_of(program: asyncio.subprocess.Process) -> str:
    assert program.stdout is not None
    return (await asyncio.wait_for(program.stdout.readline(), PATIENCE)).decode()


async def submitted(deployment: Settings, run_file: Path, body: str, *more: str) -> dict[str, Any]:
    """What the example prints as the answer to a complaint."""
    arguments = (body, "--run", str(run_file), *more)
    async with example("submit_complaint.py", deployment, *arguments) as program:
        answer: dict[str, Any] = json.loads(await line_of(program))
        assert await program.wait() == 0
    return answer


async def test_a_submitted_burn_is_accepted_and_its_escalation_is_seen(deployment: Settings, run_file: Path) -> None:
    async with example("watch_escalations.py", deployment, "--run", str(run_file)) as watcher:
        answer = await submitted(deployment, run_file, BURN, "--product", "전기장판")
        assert answer["number"].startswith("C-")
        seen = await line_of(watcher)
    assert "step 3" in seen
    assert "playbook.critical-hazard" in seen
    assert "불이 나" in seen


async def test_a_submission_without_a_body_is_refused_by_its_field(deployment: Settings, run_file: Path) -> None:
    answer = await submitted(deployment, run_file, "")
    assert [error["field"] for error in answer["errors"]] == ["body"]


async def test_the_same_submission_again_gets_the_number_it_had(deployment: Settings, run_file: Path) -> None:
    first = await submitted(deployment, run_file, "배송이 두 주째 오지 않아요", "--key", "order-7")
    again = await submitted(deployment, run_file, "배송이 두 주째 오지 않아요", "--key", "order-7")
    assert again == first
