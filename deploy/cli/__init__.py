"""`ccms`: the commands of interfaces.md, each in a file of its own that is loaded only when it is used."""

import sys

import click

from deploy.cli.group import CommandTable
from deploy.cli.speech import reader_language, speak
from deploy.local.errors import LocalError
from shared.db.schema import NewerData
from shared.errors import Unavailable
from shared.identity.key_file import KeyFileError
from shared.identity.policy import PolicyError
from shared.language.i18n import _, translate
from shared.privacy.vault import VaultError
from shared.rules import RulesError
from shared.runtime.settings import SettingsError

NOT_THERE = _("MongoDB or Kafka does not answer: check that both run, and CCMS_MONGO and CCMS_KAFKA.")
COMMANDS = {
    "dlq": "deploy.cli.dlq",
    "docs": "deploy.cli.docs",
    "doctor": "deploy.cli.doctor",
    "keys": "deploy.cli.keys",
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
    try:
        group(prog_name="ccms")
    except LocalError as error:
        _fail(speak(error))
    except (SettingsError, RulesError, VaultError, KeyFileError, PolicyError) as error:
        _fail(str(error))
    except NewerData as error:
        _fail(translate(error.text, reader_language(), **error.inputs))
    except Unavailable:
        _fail(translate(NOT_THERE, reader_language()))


def _fail(said: str) -> None:
    click.echo(said, err=True)
    sys.exit(1)
