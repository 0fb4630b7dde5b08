"""`ccms admin`: the first administrator of a deployment, or a way back in for one who is locked out."""

import re
import secrets
from pathlib import Path

import click

from deploy.cli.options import data_option, run_quietly, tell
from deploy.cli.speech import reader_language
from deploy.desk import desk, do, kept_of
from deploy.installation import installation
from services.sharing.domain.entries import NO_ID
from services.sharing.handlers.founding import keep_administrator
from shared.identity.organisation import PERSON_ID
from shared.language.i18n import _, translate


@click.command(
    help=_(
        "Make an administrator, or give one a new password, and print it once; it has to be replaced at the first "
        'sign-in.\n\nExample: ccms admin kim --name "Kim Haneul"'
    )
)
@click.argument("id_", metavar="ID")
@click.option("--name", default="", help=_("Name, for somebody who is new."))
@data_option
def command(id_: str, name: str, data: Path | None) -> None:
    """The password appears on standard output only."""
    if not re.fullmatch(PERSON_ID, id_):
        raise click.BadParameter(translate(NO_ID, reader_language()), param_hint="ID")
    password = "-".join(secrets.token_hex(2) for _n in range(4))
    run_quietly(_keep(data, id_, name.strip() or id_, password))
    click.echo(password)


async def _keep(data: Path | None, id: str, name: str, password: str) -> None:
    async with installation(data, tell) as where, desk(where.settings) as running:
        await do(running.committer, keep_administrator, id, name, await kept_of(password), True)
