"""`ccms backup`: every service's database as of one moment, with the key that opens it."""

from pathlib import Path
from time import perf_counter

import click

from deploy import registry
from deploy.backup.manifest import KEY, SECRETS, Manifest, marks_of
from deploy.backup.writing import check_place, write_backup
from deploy.cli.options import bar, data_option, json_option, report, run_quietly, tell
from deploy.installation import Installation, installation
from deploy.local.sentence import Sentence
from shared.language.i18n import _

WITHOUT_KEY = _(
    "The master key is not in this backup: without a copy of its file, nobody can ever read the contact data in it."
)
DONE = _("{documents} documents of {services} are in {folder} ({size} MB, {rate} documents a second).")
BAR = _("Backing up")


@click.command(
    help=_(
        "Back up every service's database as of one moment, running or not, into a folder that is empty or not there. "
        "The master key is in it, so keep it as you keep the key.\n\n"
        "Example: ccms backup ./backup-monday --data ./data"
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@data_option
@click.option("--without-key", is_flag=True, help=_("Leave the master key out, where it is kept elsewhere."))
@json_option
def command(folder: Path, data: Path | None, without_key: bool, as_json: bool) -> None:
    """A backup that was cut off has no manifest and is never taken for a whole one."""
    folder = folder.expanduser().resolve()
    check_place(folder)
    started = perf_counter()
    manifest, seconds = run_quietly(_back_up(folder, data, without_key))
    size = sum(file.bytes for file in manifest.files)
    figures: dict[str, object] = {
        "folder": str(folder),
        "taken_at": manifest.taken_at.isoformat(),
        "documents": manifest.documents,
        "bytes": size,
        "seconds": round(perf_counter() - started, 2),
        "documents_per_second": round(manifest.documents / seconds),
        "services": {each.service: each.documents for each in manifest.databases},
        "with_key": any(file.path == f"{SECRETS}/{KEY}" for file in manifest.secrets),
    }
    services = ", ".join(each.service for each in manifest.databases)
    rate, documents = f"{figures['documents_per_second']:,}", f"{manifest.documents:,}"
    report(DONE, figures, as_json, documents=documents, services=services, folder=folder, size=size // 10**6, rate=rate)


async def _back_up(folder: Path, data: Path | None, without_key: bool) -> tuple[Manifest, float]:
    """The manifest, and the seconds that the reading and writing took."""
    async with installation(data, tell) as where:
        settings, secrets = where.settings, _secrets(where, without_key)
        if marks_of(settings) and KEY not in secrets:
            tell(Sentence(WITHOUT_KEY))
        databases = {name: settings.named(f"ccms_{name}") for name in registry.MODULES}
        started = perf_counter()
        with bar(BAR) as seen:
            manifest = write_backup(folder, settings.mongo_url, databases, secrets, marks_of(settings), seen)
        return manifest, max(perf_counter() - started, 0.001)


def _secrets(where: Installation, without_key: bool) -> dict[str, Path]:
    """The files beside the databases: the master key, and the accounts of a local installation."""
    wanted = {KEY: None if without_key else where.settings.master_key_file}
    wanted |= {"run.json": where.folder / "run.json"} if where.folder else {}
    return {name: path for name, path in wanted.items() if path is not None and path.exists()}
