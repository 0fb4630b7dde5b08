"""`ccms serve`: one service of a deployment, in some or all of its roles; settings from the environment."""

import click

from deploy import registry
from deploy.http import Listening, Stop, run, serve_until
from shared.language.i18n import _
from shared.runtime.app import app_from_environment
from shared.runtime.process import ROLES, Role
from shared.runtime.service import Service


@click.command(
    help=(
        _(
            "Run one service of a deployment; settings come from CCMS_* in the environment.\n\n"
            "Example: ccms serve intake --roles api,relay --port 8001"
        )
    )
)
@click.argument("service")
@click.option("--roles", default=",".join(ROLES), show_default=True, help=_("Roles of this process, comma separated."))
@click.option("--host", default="0.0.0.0", show_default=True, help=_("Address to listen on."))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=_("Port to listen on."))
def command(service: str, roles: str, host: str, port: int) -> None:
    """Run until a signal."""
    chosen = [role for role in ROLES if role in {name.strip() for name in roles.split(",")}]
    wrong = sorted({name.strip() for name in roles.split(",")} - set(ROLES))
    if wrong or not chosen:
        raise click.BadParameter(f"{', '.join(wrong) or '–'}: {', '.join(ROLES)}", param_hint="--roles")
    try:
        manifest = registry.service(service)
    except registry.UnknownService as error:
        raise click.BadParameter(str(error), param_hint="SERVICE") from None
    run(_serve(manifest, chosen, host, port))


async def _serve(manifest: Service, roles: list[Role], host: str, port: int) -> None:
    stop = Stop()
    app = app_from_environment(manifest, roles)
    listening = Listening.on(port, host)

    async def started() -> None:
        click.echo(f"ready {listening.url}", err=True)

    await serve_until(app.app, listening, [app.service], stop, started)
