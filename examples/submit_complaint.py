"""Hands a complaint to CCMS by topic and waits for the answer.

.venv/bin/python examples/submit_complaint.py "배송이 두 주째 오지 않아요"
"""

import argparse
import asyncio
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

NAMESPACE = os.environ.get("CCMS_NAMESPACE", "")
COMMAND = f"{NAMESPACE}complaint.submitted"
ANSWERS = (f"{NAMESPACE}submission.accepted", f"{NAMESPACE}submission.refused")
PATIENCE = 30.0
"""Seconds to wait for an answer."""


def headers_of(command_id: str) -> list[tuple[str, bytes]]:
    """CloudEvents 1.0 in Kafka's binary mode. The id must never be used again: a second one counts as a repeat."""
    said = {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_id": command_id,
        "ce_type": "complaint.submitted",
        "ce_source": "/examples",
        "ce_time": datetime.now(UTC).isoformat(),
    }
    return [(name, value.encode()) for name, value in said.items()]


async def submit(kafka: str, complaint: dict[str, Any], key: str) -> dict[str, Any]:
    """Send one complaint; the data of the answer. `key` is the sender's own name for it, for repeats."""
    command_id = str(uuid4())
    command = {"idempotency_key": key, "complaint": complaint}
    answers = AIOKafkaConsumer(*ANSWERS, bootstrap_servers=kafka, isolation_level="read_committed")
    async with answers, AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True) as producer:
        for partition in answers.assignment():
            await answers.position(partition)  # fixes where reading begins, before anything is sent
        value = json.dumps(command, ensure_ascii=False).encode()
        await producer.send_and_wait(COMMAND, value, key=key.encode(), headers=headers_of(command_id))
        return await asyncio.wait_for(answer_to(command_id, answers), PATIENCE)


async def answer_to(command_id: str, answers: AIOKafkaConsumer) -> dict[str, Any]:
    """The answer that names the command as its cause."""
    async for record in answers:
        if dict(record.headers).get("ce_causationid") == command_id.encode():
            answer: dict[str, Any] = json.loads(record.value)
            return answer
    raise RuntimeError("reading ended without an answer")


def main() -> None:
    """Print the answer as JSON."""
    arguments = argparse.ArgumentParser(description="Hand a complaint to CCMS by topic.")
    arguments.add_argument("body", help="what the customer says")
    arguments.add_argument("--run", type=Path, default=Path("data/run.json"), help="file that ccms up has written")
    arguments.add_argument("--product", help="the product's name")
    arguments.add_argument("--key", default=str(uuid4()), help="the sender's own name for this complaint")
    asked = arguments.parse_args()
    complaint: dict[str, Any] = {"body": asked.body, "channel": "example"}
    if asked.product:
        complaint["product"] = {"name": asked.product}
    kafka = json.loads(asked.run.read_text(encoding="utf-8"))["kafka"]
    print(json.dumps(asyncio.run(submit(kafka, complaint, asked.key)), ensure_ascii=False))


if __name__ == "__main__":
    main()
