"""A group of commands that loads a command's module when it is asked for, in the reader's language."""

from collections.abc import Mapping
from copy import copy
from importlib import import_module
from typing import Any

import click

from deploy.cli.speech import reader_language
from shared.language.i18n import Language, translate


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
    """The command in the reader's language; the module's own stays as it was written."""
    language, spoken = reader_language(), copy(command)
    spoken.help = translate(command.help or "", language)
    spoken.params = [_parameter(parameter, language) for parameter in command.params]
    if isinstance(spoken, click.Group) and isinstance(command, click.Group):
        spoken.commands = {name: _translated(inner) for name, inner in command.commands.items()}
    return spoken


def _parameter(parameter: click.Parameter, language: Language) -> click.Parameter:
    if not (isinstance(parameter, click.Option) and parameter.help):
        return parameter
    spoken = copy(parameter)
    spoken.help = translate(parameter.help, language)
    return spoken
