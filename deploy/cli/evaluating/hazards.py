"""`ccms evaluate hazards`: which texts the hazard rules take, with the words that decided."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from deploy.cli.evaluating.table import FILE, print_figures, rows_of, text_of
from deploy.cli.speech import reader_language
from deploy.evaluation.hazards import HazardFigures, Judged, judge, measure
from shared.language.hazards.shipped import load_hazards
from shared.language.i18n import Language, _, translate
from shared.runtime.settings import load_settings
from shared.web.words import SEVERITIES

ROW: Final = _("Row {row}: {severity}, {kind}: {words}")
COUNTS: Final = {"texts": _("texts"), "taken": _("taken by the rules")}
AGAINST: Final = {"precision": _("labelled so, of those taken"), "recall": _("taken, of those labelled so")}
OF_LABEL: Final = _("{label}: {taken} of {texts} taken")


@click.command(
    "hazards",
    help=_(
        "Which texts the hazard rules take, with the words that decided; with labels also how that fits them.\n\n"
        "Example: ccms evaluate hazards texts.csv --text body --label hazardous"
    ),
)
@click.argument("texts", type=FILE)
@click.argument("more", nargs=-1, metavar="[COLUMN]...")
@click.option("--text", "columns", required=True, multiple=True, help=_("Column of the text; repeatable."))
@click.option("--label", help=_("Column that says what people judged."))
@click.option("--hazardous", default="1", show_default=True, help=_("What stands there when it tells of a hazard."))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def command(
    texts: Path, more: tuple[str, ...], columns: tuple[str, ...], label: str | None, hazardous: str, as_json: bool
) -> None:
    """Every text that is taken, then the figures."""
    named = [*columns, *more]
    needed = [("--text", column) for column in named] + ([("--label", label)] if label else [])
    told = [(r.number, text_of(r, named), r.cells[label] if label else "") for r in rows_of(texts, needed)]
    judged = list(judge(told, load_hazards(load_settings().rules)))
    figures = measure(judged, hazardous if label else None)
    if as_json:
        rows = [_plain(each) for each in judged if each.taken]
        click.echo(json.dumps({**asdict(figures), "rows": rows}, ensure_ascii=False))
    else:
        _print(judged, figures, reader_language())


def _plain(each: Judged) -> dict[str, Any]:
    found = [
        {"kind": hazard.kind, "severity": hazard.severity, "words": hazard.words, "rule": hazard.rule}
        for hazard in each.hazards.found
    ]
    return {"row": each.row, "label": each.label, "hazards": found}


def _print(judged: list[Judged], figures: HazardFigures, language: Language) -> None:
    names = load_hazards(load_settings().rules).names
    for each in judged:
        for hazard in each.hazards.found:
            severity = translate(SEVERITIES[hazard.severity].word, language)
            kind, words = names[hazard.kind].in_(language), " … ".join(hazard.words)
            click.echo(translate(ROW, language, row=each.row, severity=severity, kind=kind, words=words))
    print_figures(asdict(figures), COUNTS)
    if figures.labels:
        print_figures(asdict(figures), AGAINST)
    for label, (texts, taken) in figures.labels.items():
        click.echo(translate(OF_LABEL, language, label=label or "–", taken=taken, texts=texts))
