"""`ccms keys`: API keys of people and systems, in the file that CCMS_API_KEYS_FILE names."""

import secrets
from pathlib import Path
from typing import Literal

import click

from shared.identity.api_keys import KeyRecord, hash_of, write_key
from shared.identity.key_file import KeyFileError, read_keys, write_keys
from shared.identity.principal import ROLES
from shared.language.i18n import _
from shared.runtime.settings import load_settings


@click.group(
    help=(
        _(
            "API keys in the file that CCMS_API_KEYS_FILE names. A change acts within 5 seconds.\n\n"
            "Example: ccms keys list"
        )
    )
)
def command() -> None:
    """The group."""


@command.command("list", help=_("List the keys; secrets are not kept.\n\nExample: ccms keys list"))
def list_() -> None:
    """One line a key."""
    for key in _read():
        click.echo(f"{key.id:<24} {key.kind:<8} {key.holder:<16} {', '.join(sorted(key.roles))}")


@command.command(
    help=_("Make a key and print it once.\n\nExample: ccms keys create shop --holder shop --may complaints:write")
)
@click.argument("id_", metavar="ID")
@click.option("--holder", required=True, help=_("Id of the person or system that holds it."))
@click.option("--may", multiple=True, required=True, help=_("A role, or a scope such as complaints:write; repeatable."))
def create(id_: str, holder: str, may: tuple[str, ...]) -> None:
    """The key appears on standard output only."""
    keys = _read()
    if any(key.id == id_ for key in keys):
        raise click.BadParameter(f"There is a key “{id_}” already; revoke it first.", param_hint="ID")
    try:
        made = write_key(id_, secrets.token_bytes(32))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ID") from None
    kind: Literal["person", "system"] = "person" if set(may) <= ROLES else "system"
    write_keys(_path(), [*keys, KeyRecord(id_, hash_of(made), holder, holder, frozenset(may), kind)])
    click.echo(made)


@command.command(help=_("Revoke a key.\n\nExample: ccms keys revoke shop"))
@click.argument("id_", metavar="ID")
def revoke(id_: str) -> None:
    """It is refused within 5 seconds everywhere."""
    keys = _read()
    if all(key.id != id_ for key in keys):
        raise click.BadParameter(f"There is no key “{id_}”.", param_hint="ID")
    write_keys(_path(), [key for key in keys if key.id != id_])


def _path() -> Path:
    path = load_settings().api_keys_file
    if path is None:
        raise click.ClickException("CCMS_API_KEYS_FILE: name the file that holds the keys.")
    return path


def _read() -> list[KeyRecord]:
    try:
        return read_keys(_path())
    except KeyFileError as error:
        raise click.ClickException(str(error)) from None
