"""`ccms admin`: the first administrator of a deployment, or a way back in for one who is locked out."""

import asyncio
import re
import secrets

import click

from deploy.desk import desk, do, kept_of
from services.sharing.handlers.founding import keep_administrator
from shared.identity.organisation import PERSON_ID
from shared.language.i18n import _
from shared.runtime.settings import Settings, load_settings


@click.command(
    help=_(
        "Make an administrator, or give one a new password, and print it once; it has to be replaced at the first "
        'sign-in.\n\nExample: ccms admin kim --name "Kim Haneul"'
    )
)
@click.argument("id_", metavar="ID")
@click.option("--name", default="", help=_("Name, for somebody who is new."))
def command(id_: str, name: str) -> None:
    """The password appears on standard output only."""
    if not re.fullmatch(PERSON_ID, id_):
        raise click.BadParameter(PERSON_ID, param_hint="ID")
    password = "-".join(secrets.token_hex(2) for _n in range(4))
    asyncio.run(_keep(load_settings(), id_, name.strip() or id_, password))
    click.echo(password)


async def _keep(settings: Settings, id: str, name: str, password: str) -> None:
    async with desk(settings) as running:
        await do(running.committer, keep_administrator, id, name, await kept_of(password), True)
