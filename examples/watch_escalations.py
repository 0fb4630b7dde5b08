"""Prints every escalation of an issue, until Ctrl-C: .venv/bin/python examples/watch_escalations.py"""

import argparse
import asyncio
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer

NAMESPACE = os.environ.get("CCMS_NAMESPACE", "")
TOPIC = f"{NAMESPACE}issue.escalated"
GROUP = f"{NAMESPACE}example.issue.escalated"


def line_of(event: dict[str, Any]) -> str:
    """One escalation as a line: which issue, which step, who is called, why."""
    reasons = ", ".join(because["rule"] for because in event["because"])
    words = ", ".join(word for because in event["because"] for word in because["words"])
    called = ", ".join(event["called"])
    return f"{event['number']} step {event['step']} calls {called}: {reasons}" + (f" ({words})" if words else "")


async def watch(kafka: str) -> None:
    """Read on from where this group stopped. The place is kept only after an event has been dealt with."""
    seen: set[str] = set()  # a real consumer keeps these ids beside its effects, in the same transaction
    consumer = AIOKafkaConsumer(
        TOPIC,
        bootstrap_servers=kafka,
        group_id=GROUP,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    async with consumer:
        async for record in consumer:
            event_id = dict(record.headers)["ce_id"].decode()
            if event_id not in seen:  # the same event may stand twice, with the same id
                seen.add(event_id)
                print(line_of(json.loads(record.value)), flush=True)
            await consumer.commit()


def main() -> None:
    """Run until Ctrl-C."""
    arguments = argparse.ArgumentParser(description="Print every escalation of an issue.")
    arguments.add_argument("--run", type=Path, default=Path("data/run.json"), help="file that ccms up has written")
    kafka = json.loads(arguments.parse_args().run.read_text(encoding="utf-8"))["kafka"]
    with suppress(KeyboardInterrupt):
        asyncio.run(watch(kafka))


if __name__ == "__main__":
    main()
