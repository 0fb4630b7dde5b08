"""`ccms keys`: API keys of people and systems, kept by `sharing`."""

import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click
from pydantic import ValidationError

from deploy.cli.options import data_option, json_option, run_quietly, tell
from deploy.cli.speech import reader_language
from deploy.desk import desk, do
from deploy.installation import installation
from services.sharing.domain.api_key import ApiKey, NewKey
from services.sharing.handlers.keys import create_key, revoke_key
from services.sharing.repository.keys import Keys
from services.sharing.schemas.keys import KeyOut
from shared.errors import Refused
from shared.identity.api_keys import hash_of, write_key
from shared.language.i18n import _, translate
from shared.runtime.process import Running
from shared.web.field_errors import field_errors

MOST = 10_000

T = TypeVar("T")


@click.group(
    help=(
        _(
            "API keys of people and systems. While sharing runs, a change acts within 5 seconds.\n\n"
            "Example: ccms keys list"
        )
    )
)
def command() -> None:
    """The group."""


@command.command("list", help=_("List the keys; secrets are not kept.\n\nExample: ccms keys list"))
@click.option("--all", "everything", is_flag=True, help=_("Revoked ones too."))
@data_option
@json_option
def list_(everything: bool, data: Path | None, as_json: bool) -> None:
    """One line a key."""
    found = _with(data, lambda running: Keys(running.mongo).page(None, MOST))
    shown = [key for key in found if everything or key.revoked_at is None]
    if as_json:
        click.echo(json.dumps([KeyOut.of(key).model_dump(mode="json") for key in shown], ensure_ascii=False))
        return
    for key in shown:
        click.echo(_line(key))


@command.command(
    help=_("Make a key and print it once.\n\nExample: ccms keys create shop --holder shop --may complaints:write")
)
@click.argument("id_", metavar="ID")
@click.option("--holder", required=True, help=_("Id of the person or system that holds it."))
@click.option("--may", multiple=True, help=_("A role, or a scope such as complaints:write; repeatable."))
@click.option("--person", is_flag=True, help=_("The holder is a person of the directory, with their own roles."))
@data_option
def create(id_: str, holder: str, may: tuple[str, ...], person: bool, data: Path | None) -> None:
    """The key appears on standard output only."""
    held_by = "person" if person or any(":" not in each for each in may) else "system"
    said = {"id": id_, "holder": holder, "held_by": held_by, "may": list(may)}
    try:
        wanted = NewKey.model_validate(said)
    except ValidationError as wrong:
        errors = field_errors(wrong.errors(include_input=False, include_url=False), reader_language())
        raise click.BadParameter("; ".join(f"{error.field}: {error.message}" for error in errors)) from None
    made = write_key(wanted.id, secrets.token_bytes(32))
    _with(data, lambda running: do(running.committer, create_key, wanted, hash_of(made)))
    click.echo(made)


@command.command(help=_("Revoke a key.\n\nExample: ccms keys revoke shop"))
@click.argument("id_", metavar="ID")
@data_option
def revoke(id_: str, data: Path | None) -> None:
    """It is refused within 5 seconds everywhere."""
    _with(data, lambda running: do(running.committer, revoke_key, id_))


def _line(key: ApiKey) -> str:
    state = f"  revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else ""
    return f"{key.key_id:<24} {key.held_by:<8} {key.holder:<16} {', '.join(key.may)}{state}"


def _with(data: Path | None, work: Callable[[Running], Awaitable[T]]) -> T:
    """Do something at sharing's desk; what it refuses is wrong use."""

    async def run() -> T:
        async with installation(data, tell) as where, desk(where.settings) as running:
            return await work(running)

    try:
        return run_quietly(run())
    except Refused as error:
        raise click.UsageError(translate(error.text, reader_language(), **error.inputs)) from None
