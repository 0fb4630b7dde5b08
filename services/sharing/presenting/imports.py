"""Imports as pages show them."""

from collections.abc import Sequence

from services.sharing.domain.importing.report import DirectoryImport, PlannedRow
from services.sharing.presenting.people import Presenter
from services.sharing.presenting.words import FIELDS, OUTCOMES
from services.sharing.views.imports import ImportRow, ImportView
from shared.language.i18n import translate


def import_view(imported: DirectoryImport, present: Presenter) -> ImportView:
    """An import, without its rows."""
    counts = imported.counts
    tones = {what: sign.tone if getattr(counts, what) else "calm" for what, sign in OUTCOMES.items()}
    done = 100 if imported.state == "applied" else round(100 * imported.done / (imported.chunks or 1))
    named = present.named(imported.by)
    return ImportView(
        id=imported.id,
        name=imported.name,
        state=imported.state,
        by=named.name if named else "",
        at=imported.at,
        mark_left=imported.mark_left,
        counts=[(sign.word, getattr(counts, what), tones[what]) for what, sign in OUTCOMES.items()],
        ignored=imported.ignored,
        late=imported.late,
        percent=done,
    )


def rows_view(rows: Sequence[PlannedRow], language: str) -> list[ImportRow]:
    """Rows with sentences instead of codes."""
    return [
        ImportRow(
            row.row,
            row.id,
            row.what,
            [translate(FIELDS.get(field, field), language) for field in row.fields],
            [
                (translate(FIELDS.get(said.field, said.field), language), translate(said.text, language, **said.inputs))
                for said in row.problems
            ],
        )
        for row in rows
    ]
