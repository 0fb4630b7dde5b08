"""`ccms topics`: the catalogue of topics."""

import asyncio
import json
from dataclasses import asdict
from typing import Any

import click

from deploy.registry import MODULES
from shared.contracts.asyncapi import schema_of
from shared.contracts.catalogue import CATALOGUE, Entry
from shared.language.i18n import _
from shared.messaging.topics import create_topics
from shared.runtime.settings import load_settings


@click.group(help=_("List, create or show the topics of the catalogue.\n\nExample: ccms topics list"))
def command() -> None:
    """The group."""


@command.command("list", help=_("List all topics.\n\nExample: ccms topics list --json"))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def list_(as_json: bool) -> None:
    """One line a topic."""
    rows = [_row(entry) for entry in CATALOGUE.values()]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        consumers = ", ".join(row["consumers"]) or "–"
        click.echo(f"{row['topic']:<24} {row['owner']:<8} → {consumers:<16} {row['class']}")


@command.command(help=_("Show one topic with the schema of its events.\n\nExample: ccms topics show issue.escalated"))
@click.argument("name", type=click.Choice(sorted(CATALOGUE)))
def show(name: str) -> None:
    """Everything about one topic."""
    entry = CATALOGUE[name]
    click.echo(json.dumps(_row(entry) | {"schema": schema_of(entry)}, indent=2, ensure_ascii=False))


@command.command(help=_("Create the missing topics in Kafka (CCMS_KAFKA).\n\nExample: ccms topics create"))
def create() -> None:
    """Names of what was created."""
    made = asyncio.run(create_topics(load_settings(), MODULES))
    click.echo("\n".join(made))


def _row(entry: Entry) -> dict[str, Any]:
    plain = {name: value for name, value in asdict(entry).items() if name not in ("model", "kind", "retention")}
    return {
        "topic": entry.topic,
        "about": (entry.model.__doc__ or "").strip().splitlines()[0],
        "version": entry.model.version,
        **plain,
        "class": entry.kind,
        "retention_hours": int(entry.retention.total_seconds() // 3600),
    }
