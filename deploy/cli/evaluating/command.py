"""`ccms evaluate`: one measurement a command."""

import click

from deploy.cli.evaluating import hazards, likeness, routing
from shared.language.i18n import _


@click.group(
    help=_(
        "Measure routing, likeness and hazards on your own texts.\n\n"
        "Example: ccms evaluate likeness pairs.csv --a q1 --b q2 --label same"
    )
)
def command() -> None:
    """The group."""


for each in (hazards.command, likeness.command, routing.command):
    command.add_command(each)
