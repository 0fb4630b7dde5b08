"""`ccms evaluate likeness`: how well duplicates are told from other texts."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from deploy.cli.evaluating.table import FILE, print_figures, rows_of
from deploy.cli.speech import reader_language
from deploy.evaluation.likeness import Pair, measure
from services.intake.domain.lookalikes import LookalikeRules
from shared.language.i18n import _, translate
from shared.runtime.settings import load_settings

NO_PAIRS: Final = _("There is no row in this file.")
ONE_KIND: Final = _("All rows are of one kind; pairs that are alike and pairs that are not are both needed.")
FIGURES: Final = {
    "pairs": _("pairs"),
    "same": _("of the same meaning"),
    "auc": _("area under the ROC curve"),
    "threshold": _("shipped threshold"),
    "precision": _("precision at it"),
    "recall": _("recall at it"),
}


@click.command(
    "likeness",
    help=_(
        "How well likely duplicates are told from others, on pairs of texts that people have judged.\n\n"
        "Example: ccms evaluate likeness pairs.csv --a q1 --b q2 --label same --same 1"
    ),
)
@click.argument("pairs", type=FILE)
@click.option("--a", "one", required=True, help=_("Column of the first text."))
@click.option("--b", "other", required=True, help=_("Column of the second text."))
@click.option("--label", required=True, help=_("Column that says whether both mean the same."))
@click.option("--same", "same_value", default="1", show_default=True, help=_("What stands there when they do."))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def command(pairs: Path, one: str, other: str, label: str, same_value: str, as_json: bool) -> None:
    """Area under the curve, precision and recall."""
    rows = rows_of(pairs, [("--a", one), ("--b", other), ("--label", label)])
    found = [Pair(row.cells[one], row.cells[other], row.cells[label] == same_value) for row in rows]
    figures = measure(found, LookalikeRules.load(load_settings().rules).threshold)
    if as_json:
        click.echo(json.dumps(asdict(figures)))
    else:
        print_figures(asdict(figures), FIGURES)
    if figures.auc is None:
        raise click.ClickException(translate(ONE_KIND if found else NO_PAIRS, reader_language()))
