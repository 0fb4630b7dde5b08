"""`ccms topics`: the catalogue of topics."""

import asyncio
import json
import re
import secrets
from dataclasses import asdict
from typing import Any

import click

from deploy.cli.options import run_quietly
from deploy.cli.speech import reader_language
from deploy.registry import MODULES
from shared.contracts.asyncapi import schema_of
from shared.contracts.catalogue import CATALOGUE, Entry
from shared.language.i18n import _, translate
from shared.messaging.admission import drop_user, keep_users, set_rights
from shared.messaging.rights import NotForOthers, rights_of_other
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


@command.command(
    help=_(
        "Let another system read and write these topics alone; its password is printed once. Its consumer groups are "
        "called USER.…\n\nExample: ccms topics grant shop --read issue.escalated --write complaint.submitted"
    )
)
@click.argument("user")
@click.option("--read", multiple=True, type=click.Choice(sorted(CATALOGUE)), help=_("A topic to read; repeatable."))
@click.option("--write", multiple=True, type=click.Choice(sorted(CATALOGUE)), help=_("A topic to write; repeatable."))
@click.option("--same-password", is_flag=True, help=_("Leave the password as it is; only the rights change."))
def grant(user: str, read: tuple[str, ...], write: tuple[str, ...], same_password: bool) -> None:
    """The password appears on standard output only."""
    _check_name(user)
    settings, password = load_settings(), "" if same_password else secrets.token_urlsafe(24)
    try:
        rights = rights_of_other(user, read, write, settings)
    except NotForOthers as error:
        raise click.UsageError(translate(error.text, reader_language(), **error.inputs)) from None

    async def work() -> None:
        if password:
            await keep_users(settings.brokers, {user: password})
        await set_rights(settings.brokers, user, rights)

    run_quietly(work())
    if password:
        click.echo(password)


@command.command(help=_("Take everything from another system.\n\nExample: ccms topics revoke shop"))
@click.argument("user")
def revoke(user: str) -> None:
    """What it has open ends with its connection."""
    _check_name(user)
    run_quietly(drop_user(load_settings().brokers, user))


def _check_name(user: str) -> None:
    """Services and administrators have their rights from elsewhere."""
    settings = load_settings()
    taken = {settings.kafka_user, *map(settings.named, MODULES)}
    if user in taken or not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", user):
        raise click.BadParameter(translate(_NO_NAME, reader_language()), param_hint="USER")


_NO_NAME = _("2 to 40 small letters, digits and hyphens, and no name of a service.")


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
