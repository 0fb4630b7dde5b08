"""`ccms evaluate`: how good the shipped rules are on texts of your own."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from deploy.cli.speech import reader_language
from deploy.evaluation.likeness import LikenessFigures, Pair, measure
from services.intake.domain.lookalikes import LookalikeRules
from shared.files.tables import TableError, open_table
from shared.language.i18n import _, translate
from shared.runtime.settings import load_settings

NO_COLUMN = _("There is no column “{column}” in this file; there are: {columns}.")
NO_PAIRS = _("There is no row in this file.")
ONE_KIND = _("All rows are of one kind; pairs that are alike and pairs that are not are both needed.")
FIGURES = {
    "pairs": _("pairs"),
    "same": _("of the same meaning"),
    "auc": _("area under the ROC curve"),
    "threshold": _("shipped threshold"),
    "precision": _("precision at it"),
    "recall": _("recall at it"),
}


@click.group(
    help=_(
        "Measure the shipped rules on your own texts.\n\n"
        "Example: ccms evaluate likeness pairs.csv --a q1 --b q2 --label same"
    )
)
def command() -> None:
    """The group."""


@command.command(
    help=_(
        "How well likely duplicates are told from others, on pairs of texts that people have judged.\n\n"
        "Example: ccms evaluate likeness pairs.csv --a q1 --b q2 --label same --same 1"
    )
)
@click.argument("pairs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--a", "one", required=True, help=_("Column of the first text."))
@click.option("--b", "other", required=True, help=_("Column of the second text."))
@click.option("--label", required=True, help=_("Column that says whether both mean the same."))
@click.option("--same", "same_value", default="1", show_default=True, help=_("What stands there when they do."))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def likeness(pairs: Path, one: str, other: str, label: str, same_value: str, as_json: bool) -> None:
    """Area under the curve, precision and recall."""
    found = _pairs(pairs, one, other, label, same_value)
    figures = measure(found, LookalikeRules.load(load_settings().rules).threshold)
    if as_json:
        click.echo(json.dumps(asdict(figures)))
    else:
        _print(figures)
    if figures.auc is None:
        raise click.ClickException(translate(ONE_KIND if found else NO_PAIRS, reader_language()))


def _pairs(path: Path, one: str, other: str, label: str, same: str) -> list[Pair]:
    try:
        with path.open("rb") as file:
            table = open_table(file, path.name)
            for column in (one, other, label):
                if column not in table.columns:
                    columns = ", ".join(table.columns)
                    raise click.UsageError(translate(NO_COLUMN, reader_language(), column=column, columns=columns))
            return [Pair(r.cells[one], r.cells[other], r.cells[label] == same) for r in table.rows if not r.problem]
    except TableError as error:
        raise click.ClickException(translate(error.text, reader_language(), **error.inputs)) from None


def _print(figures: LikenessFigures) -> None:
    for name, value in asdict(figures).items():
        written = "–" if value is None else f"{value:.3f}" if isinstance(value, float) else f"{value}"
        click.echo(f"{translate(FIGURES[name], reader_language()):<28} {written:>8}")
