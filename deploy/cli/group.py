"""A group of commands that loads a command's module when it is asked for, in the reader's language."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from deploy.cli.speech import reader_language
from shared.language.i18n import translate


class CommandTable(click.Group):
    """Commands by name; each module has its command as `command`."""

    def __init__(self, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, sorted."""
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        module = self._modules.get(cmd_name)
        return _translated(import_module(module).command) if module else None


def _translated(command: click.Command) -> click.Command:
    language = reader_language()
    command.help = translate(command.help or "", language)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = translate(parameter.help, language)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _translated(inner)
    return command
