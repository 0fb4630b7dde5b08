"""`ccms up`: every service in one process on embedded Kafka and MongoDB, with the sample organisation."""

import sys
from pathlib import Path

import click

from deploy.cli.speech import speak
from deploy.http import run
from deploy.local.process import Wish, run_everything
from deploy.local.sentence import Sentence
from deploy.registry import MODULES
from shared.language.i18n import _
from shared.obs.log import start_logging


@click.command(
    help=(
        _(
            "Start everything on this machine: Kafka, MongoDB, all services, the sample organisation.\n\n"
            "Example: ccms up --data ./data --port 8000"
        )
    )
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("data"), show_default=True,
    help=_("Folder that keeps everything; made when it is not there."),
)  # fmt: skip
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
    help=_("Port of the portal; 0 takes a free one."),
)  # fmt: skip
@click.option("--services", default=",".join(MODULES), show_default=True, help=_("Services to start, comma separated."))
@click.option("--empty", is_flag=True, help=_("Without the sample company: only an administrator, named in run.json."))
def command(data: Path, port: int, services: str, empty: bool) -> None:
    """Run until Ctrl-C; exit code 0 then, 1 when something ended by itself."""
    names = [name.strip() for name in services.split(",") if name.strip()]
    unknown = sorted(set(names) - set(MODULES))
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(unknown) or '–'}: {', '.join(MODULES)}", param_hint="--services")
    start_logging("warning", "text")
    ended = run(run_everything(Wish(data, port, names, empty), _tell, _ready))
    if ended is not None:
        click.echo(speak(ended), err=True)
        sys.exit(1)


def _tell(sentence: Sentence) -> None:
    click.echo(speak(sentence), err=True)


def _ready(url: str) -> None:
    click.echo(f"ready {url}")
