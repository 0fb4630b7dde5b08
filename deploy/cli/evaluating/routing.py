"""`ccms evaluate routing`: how well routing would do once it has learned from a company's own history."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from deploy.cli.evaluating.table import FILE, print_figures, rows_of, text_of
from deploy.cli.speech import reader_language
from deploy.evaluation.text import Text
from shared.language.i18n import _, translate

NOTHING: Final = _("{file}: no row has both a text and a label.")
ONE_LABEL: Final = _("{file}: all rows have the same label; there is nothing to choose between.")
FIGURES: Final = {
    "trained": _("texts learned"),
    "tested": _("texts routed"),
    "labels": _("labels learned"),
    "new": _("routed, label never learned"),
    "accuracy": _("first choice right"),
    "top3": _("one of the best three right"),
    "macro_f1": _("macro-F1"),
}


@click.command(
    "routing",
    help=_(
        "How well routing would do on your own history: it learns from the first file and is asked for the second.\n\n"
        "Example: ccms evaluate routing 2024.csv 2025.csv --text title --text body --label department"
    ),
)
@click.argument("train", type=FILE)
@click.argument("test", type=FILE)
@click.argument("more", nargs=-1, metavar="[COLUMN]...")
@click.option("--text", "columns", required=True, multiple=True, help=_("Column of the text; repeatable."))
@click.option("--label", required=True, help=_("Column that says where it belonged."))
@click.option("--online", is_flag=True, help=_("Learn each text of the second file after it was routed."))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def command(
    train: Path, test: Path, more: tuple[str, ...], columns: tuple[str, ...], label: str, online: bool, as_json: bool
) -> None:
    """Accuracy, macro-F1, and whether one of the best three was right."""
    from deploy.evaluation.routing import measure  # only now: what it learns with takes seconds to load

    known, asked = (_texts(path, (*columns, *more), label) for path in (train, test))
    if len({each.label for each in known}) == 1:
        raise click.ClickException(translate(ONE_LABEL, reader_language(), file=train.name))
    figures = asdict(measure(known, asked, online=online))
    if as_json:
        click.echo(json.dumps(figures))
    else:
        print_figures(figures, FIGURES)


def _texts(path: Path, columns: tuple[str, ...], label: str) -> list[Text]:
    rows = rows_of(path, [*(("--text", column) for column in columns), ("--label", label)])
    read = [Text(text_of(row, columns), row.cells[label]) for row in rows]
    found = [each for each in read if each.text and each.label]
    if not found:
        raise click.ClickException(translate(NOTHING, reader_language(), file=path.name))
    return found
