"""`ccms`: the commands of interfaces.md, each in a file of its own that is loaded only when it is used."""

import sys

import click

from deploy.cli.group import CommandTable
from deploy.cli.speech import reader_language
from shared.language.i18n import _, translate
from shared.runtime.arenas import share_arenas
from shared.runtime.collector import look_seldom

COMMANDS = {
    "admin": "deploy.cli.admin",
    "backup": "deploy.cli.backup",
    "demo": "deploy.cli.demo",
    "dlq": "deploy.cli.dlq",
    "docs": "deploy.cli.docs",
    "doctor": "deploy.cli.doctor",
    "import": "deploy.cli.importing.command",
    "evaluate": "deploy.cli.evaluating.command",
    "keys": "deploy.cli.keys",
    "prepare": "deploy.cli.prepare",
    "rebuild": "deploy.cli.rebuild",
    "replay": "deploy.cli.replay",
    "reseal": "deploy.cli.reseal",
    "restore": "deploy.cli.restore",
    "serve": "deploy.cli.serve",
    "topics": "deploy.cli.topics",
    "up": "deploy.cli.up",
}

group = CommandTable(
    COMMANDS,
    name="ccms",
    help=translate(_("CCMS, the consumer complaints management system.\n\nExample: ccms doctor"), reader_language()),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> None:
    """Run the command line: exit code 0 done, 1 failed, 2 wrong use; what went wrong on standard error."""
    look_seldom()
    share_arenas()
    try:
        group(prog_name="ccms")
    except Exception as error:
        from deploy.cli.explain import explain  # only now: it knows every part of the house

        said = explain(error)
        if said is None:
            raise
        click.echo(said, err=True)
        sys.exit(1)
