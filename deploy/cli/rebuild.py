"""`ccms rebuild`: what of a service's data follows from topics, made again from them."""

from pathlib import Path

import click

from deploy import registry
from deploy.cli.options import data_option, json_option, report, run_quietly, tell
from deploy.installation import installation
from deploy.local.sentence import Sentence
from shared.language.i18n import _
from shared.runtime.rebuilding import Figures, Rebuilding

DONE = _("{read} events were read; {mended} rows were mended, and {settled} counts that follow from them.")
UNTOLD = _("{count} rows of {collection} stay as they are: their events are on no topic any more.")


@click.command(
    help=_(
        "Make again what of a service's data follows from topics: its copies of others' data, and what is counted from "
        "them. Nothing is sent, nobody is told, and what people entered stays. Stop the service's consumers first.\n\n"
        "Example: ccms rebuild alerts --data ./data"
    )
)
@click.argument("service", type=click.Choice(sorted(registry.MODULES)))
@data_option
@json_option
def command(service: str, data: Path | None, as_json: bool) -> None:
    """What is cut off can be run again."""
    found = run_quietly(_rebuild(service, data))
    for collection, count in found.untold.items():
        if count:
            tell(Sentence(UNTOLD, count=count, collection=collection))
    figures: dict[str, object] = {
        "service": service,
        "read": found.read,
        "mended": found.mended,
        "settled": found.settled,
        "untold": found.untold,
    }
    report(DONE, figures, as_json, read=found.read, mended=sum(found.mended.values()), settled=found.settled)


async def _rebuild(service: str, data: Path | None) -> Figures:
    async with installation(data, tell, stopped=True) as where:
        return await Rebuilding(registry.service(service), where.settings).run()
