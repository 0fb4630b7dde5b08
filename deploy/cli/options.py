"""Options and manners that several commands share: where they work, what they say, and how far they are."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from deploy.cli.speech import reader_language, speak
from deploy.local.sentence import Sentence
from shared.language.i18n import _, translate
from shared.obs.log import start_logging

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

WIDTH: Final = 30

data_option: Callable[[F], F] = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("Folder of a local installation; without it CCMS_MONGO and CCMS_KAFKA, else ./data."),
)
json_option: Callable[[F], F] = click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))


def tell(sentence: Sentence) -> None:
    """Say something on the way, on standard error."""
    click.echo(speak(sentence), err=True)


def run_quietly(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work; the kernel's log would only say again what the command says."""
    start_logging("error", "text")
    return asyncio.run(work)


def report(text: str, figures: dict[str, object], as_json: bool, **inputs: object) -> None:
    """The outcome on standard output: figures as JSON, or a sentence."""
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else translate(text, reader_language(), **inputs))


@contextmanager
def bar(text: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, and nothing elsewhere: it is told how much is done, of about how much."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, file=sys.stderr, label=translate(text, reader_language()), width=WIDTH) as shown:

        def show(done: int, total: int) -> None:
            shown.length = max(total, done, 1)
            shown.update(done - shown.pos)

        yield show
