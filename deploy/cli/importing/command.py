"""`ccms import`: complaints from a CSV file or an Excel workbook into a running system."""

import json
import signal
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO
from uuid import uuid4

import click

from deploy.cli.importing.figures import Figures
from deploy.cli.importing.identity import Identity
from deploy.cli.importing.mapping import SEOUL, column_of, reader_of
from deploy.cli.importing.progress import Progress
from deploy.cli.importing.rejected import OURS, Rejected, is_ours, place_for
from deploy.cli.importing.sending import Errand, Sending
from deploy.cli.importing.server import Away, Refusal, Server
from deploy.cli.importing.target import NoTarget, Target, target_of
from deploy.cli.importing.wish import Wish
from deploy.cli.importing.wrong_use import WrongUse
from deploy.cli.speech import reader_language
from shared.files.limits import Limits
from shared.files.tables import Table, TableError, open_table
from shared.language.i18n import _, translate

LIMITS = Limits(bytes=1024**3, rows=1_000_000, columns=300, cell=100_000)
NO_DATES = _("No date is mapped (occurred_at or knowledge_at): the past cases are filed under today.")
GO_ON = _("Run the same command again to go on: rows that were taken are not taken twice.")
STOPPED = _("Stopped.")
NOWHERE = _("The rejected rows cannot be written to {path} ({reason}); name another place with --rejected.")

HELP = _(
    "Import complaints from a CSV file or an Excel workbook (.xlsx) into the running system.\n\n"
    "Each --map fills a field of the complaint from a column; --set gives a field one value for all rows. Rows that are"
    " not accepted are written to FILE.rejected.csv with the reason; correct them there and import that file. The same"
    " file can be run again: rows that were taken are not taken twice. A row is known by its --key column, else by"
    " everything that stands in it, whatever the file is called.\n\n"
    "--history takes past cases: they are counted and learned from, filed under their own date; nothing is sent, no"
    " clock runs, nobody is called.\n\n"
    "Exit code 0 when every row was accepted, there already, or rejected with a reason (--json gives the figures);"
    " 1 when it could not be finished or the system failed at some rows; 2 for wrong use.\n\n"
    "Example: ccms import calls.xlsx --map body=내용 --map occurred_at=발생일 --map product.code=제품코드 --key 번호"
)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import", help=HELP)
@click.argument("file", type=_FILE)
@click.argument("more", nargs=-1, metavar="[FIELD=COLUMN]...")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help=_("A field and its column; repeatable."))
@click.option("--set", "sets", multiple=True, metavar="FIELD=VALUE", help=_("A field with one value; repeatable."))
@click.option("--key", metavar="COLUMN", help=_("The column that names a row for ever, such as a receipt number."))
@click.option("--source", metavar="NAME", help=_("Name of the system the keys are from, if several use the same."))
@click.option("--history", is_flag=True, help=_("Past cases: counted and learned from, nobody is told."))
@click.option("--dry-run", is_flag=True, help=_("Check every row as if it were filed, and store nothing."))
@click.option("--time-zone", default=SEOUL, show_default=True, help=_("Zone of times that name none."))
@click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help=_("Where the rejected rows go."))
@click.option("--url", help=_("Address of the portal; without it, the system that runs in --data."))
@click.option("--api-key", envvar="CCMS_API_KEY", help=_("API key for --url (or CCMS_API_KEY)."))
@click.option("--data", type=_FOLDER, default=Path("data"), show_default=True, help=_("Folder of `ccms up`."))
@click.option(
    "--patience", type=click.FloatRange(0, 86_400), default=60, show_default=True,
    help=_("Seconds to wait for a system that does not answer."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Print the figures as JSON."))
def command(file: Path, more: tuple[str, ...], maps: tuple[str, ...], **options: Any) -> None:
    """Import and say what it came to."""
    wish = Wish(file=file, maps=(*maps, *more), **options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with file.open("rb") as source:
        try:
            table = open_table(source, file.name, LIMITS)
        except TableError as error:
            raise click.ClickException(_said(error)) from None
        sys.exit(_run(wish, table, source))


def _run(wish: Wish, table: Table, source: BinaryIO) -> int:
    language, begun = reader_language(), monotonic()
    errand, target = _errand(wish, table), _target(wish)
    if wish.history and not any(field.form == "moment" for _column, field in errand.reader.columns):
        click.echo(translate(NO_DATES, language), err=True)
    rejected, figures = Rejected(_place(wish), table.columns, language), Figures()
    progress = Progress(source, figures, language)
    server = Server(target, language, wish.patience, progress.wait)
    wrong = _send(Sending(errand, server, figures, rejected), table, progress)
    rejected.finish()
    where = rejected.path if rejected.count else None
    seconds = monotonic() - begun
    if wish.as_json:
        click.echo(json.dumps(figures.plain(seconds, where, dry=wish.dry_run), ensure_ascii=False))
    else:
        click.echo("\n".join(figures.lines(wish.file, seconds, where, language, dry=wish.dry_run)))
    if wrong:
        click.echo(wrong, err=True)
    return 1 if wrong else 0


def _send(sending: Sending, table: Table, progress: Progress) -> str:
    """Send everything; what ended it before its time and how to go on, "" when nothing did."""
    go_on = translate(GO_ON, reader_language())
    try:
        with progress, closing(sending.run(table.rows)) as settled:
            for _count in settled:
                progress.show()
    except KeyboardInterrupt:
        return f"{translate(STOPPED, reader_language())}\n{go_on}"
    except (TableError, Away) as error:
        return f"{_said(error)}\n{go_on}"
    except Refusal as error:
        return str(error)
    return go_on if sending.figures.failed else ""


def _errand(wish: Wish, table: Table) -> Errand:
    ours = is_ours(table.columns)
    columns = [column for column in table.columns if not (ours and column in OURS)]
    key = column_of(wish.key, columns, "--key") if wish.key else None
    return Errand(
        path="imports/history" if wish.history else "imports",
        run=str(uuid4()),
        dry=wish.dry_run,
        reader=reader_of(wish.maps, wish.sets, columns, wish.time_zone),
        identity=Identity(key, wish.source, OURS if ours else frozenset()),
        language=reader_language(),
        escaped=ours,
    )


def _target(wish: Wish) -> Target:
    try:
        return target_of(wish.url, wish.api_key, wish.data)
    except NoTarget as error:
        raise WrongUse("--url", error.text, **error.inputs) from None


def _place(wish: Wish) -> Path:
    try:
        return place_for(wish.file, wish.rejected)
    except OSError as error:
        path = wish.rejected or wish.file.parent
        raise WrongUse("--rejected", NOWHERE, path=path, reason=error.strerror) from None


def _said(error: TableError | Away) -> str:
    return translate(error.text, reader_language(), **error.inputs)
