"""`ccms restore`: an installation as a backup says, in step with its topics."""

from datetime import UTC, datetime
from pathlib import Path

import click

from deploy.backup.manifest import Manifest, read_manifest, stamp, verify
from deploy.backup.reconciling import Outcome
from deploy.backup.restoring import SKIP, Wish, restore
from deploy.cli.options import bar, data_option, json_option, report, run_quietly, tell
from deploy.installation import installation
from deploy.local.sentence import Sentence
from shared.language.i18n import _

VERIFYING = _("Looking at every byte of the backup")
LOST = _(
    "{count} events were told after the backup, of writes that it does not have. None of them takes effect; "
    "look in {file} what has to be entered again."
)
DONE = _(
    "{documents} documents are as they were at {taken_at}; {again} events will be sent again. Start with “ccms up”."
)
BAR = _("Restoring")


@click.command(
    help=_(
        "Restore an installation from a backup. Nothing of it may run. Afterwards start it as usual: services read "
        "their topics again from the beginning, and nothing takes effect twice.\n\n"
        "Example: ccms restore ./backup-monday --data ./data --replace"
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@data_option
@click.option("--replace", is_flag=True, help=_("Give up the data that are there."))
@click.option(
    "--skip-numbers", type=click.IntRange(0, 900_000), default=SKIP, show_default=True,
    help=_("How far readable numbers move on, so that none that was given after the backup is given again."),
)  # fmt: skip
@click.option(
    "--lost", type=click.Path(dir_okay=False, path_type=Path),
    help=_("File that lists what was told after the backup; without it one in the data folder, or here."),
)  # fmt: skip
@json_option
def command(
    folder: Path, data: Path | None, replace: bool, skip_numbers: int, lost: Path | None, as_json: bool
) -> None:
    """What is cut off can be run again."""
    folder = folder.expanduser().resolve()
    manifest = read_manifest(folder)
    tell(Sentence(VERIFYING))
    verify(folder, manifest)
    found, listed = run_quietly(_restore(manifest, folder, data, replace, skip_numbers, lost))
    count = sum(found.lost.values())
    if count:
        tell(Sentence(LOST, count=count, file=listed))
    figures: dict[str, object] = {
        "taken_at": manifest.taken_at.isoformat(),
        "documents": manifest.documents,
        "lost": dict(found.lost),
        "lost_file": str(listed) if count else None,
        "sent_again": found.again,
        "numbers_from": found.numbers,
    }
    taken_at, documents = f"{manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC", f"{manifest.documents:,}"
    report(DONE, figures, as_json, documents=documents, taken_at=taken_at, again=found.again)


async def _restore(
    manifest: Manifest, folder: Path, data: Path | None, replace: bool, skip: int, lost: Path | None
) -> tuple[Outcome, Path]:
    async with installation(data, tell, stopped=True, new=True) as where:
        listed = lost or (where.folder or Path.cwd()) / f"lost-{stamp(datetime.now(UTC))}.jsonl"
        done = 0
        with bar(BAR) as show:

            def seen(more: int) -> None:
                nonlocal done
                done += more
                show(done, manifest.documents)

            return await restore(manifest, Wish(folder, replace, skip, listed), where, seen, tell), listed
