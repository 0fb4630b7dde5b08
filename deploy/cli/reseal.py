"""`ccms reseal`: after a new master key, everything is sealed under it."""

from pathlib import Path
from typing import Final

import click

from deploy import registry
from deploy.cli.options import data_option, json_option, report, run_quietly, tell
from deploy.installation import Installation, installation
from deploy.local.errors import LocalError
from shared.db.client import Mongo
from shared.language.i18n import _
from shared.privacy.vault import Vault, read_master_keys
from shared.runtime.resealing import Resealed, reseal

DONE: Final = _("{anew} values were sealed anew, {already} already were under the first key. No other is needed.")


class StillSealing(LocalError):
    """A process still has the old file."""

    text = (
        "Something still seals under a former key (databases: {databases}): a process that was started before the new "
        "key came first. Start it anew, and run this again."
    )


class NotOpened(LocalError):
    """Some values are sealed under none of the keys."""

    text = (
        "{lost} values can be opened by none of the {keys} keys in {file} (databases: {databases}). Add the key that "
        "sealed them as a further line, and run this again."
    )


@click.command(
    help=_(
        "Seal what former master keys of CCMS_MASTER_KEY_FILE seal anew under its first one. Every process has to know "
        "the new key before. It may run beside them, and be cut off and begun again.\n\n"
        "Example: ccms reseal --data ./data"
    )
)
@data_option
@json_option
def command(data: Path | None, as_json: bool) -> None:
    """Afterwards the first key alone opens everything."""
    found = run_quietly(_reseal(data))
    figures: dict[str, object] = {
        "anew": sum(each.anew for each in found.values()),
        "already": sum(each.already for each in found.values()),
    }
    report(DONE, figures, as_json, **figures)


async def _reseal(data: Path | None) -> dict[str, Resealed]:
    async with installation(data, tell) as where:
        keys = read_master_keys(where.settings.master_key_file)
        found = {name: await _reseal_one(name, where, Vault(*keys)) for name in registry.MODULES}
    if any(each.unfinished for each in found.values()):
        raise StillSealing(databases=", ".join(name for name, each in found.items() if each.unfinished))
    if lost := {name: each.lost for name, each in found.items() if each.lost}:
        file = where.settings.master_key_file
        raise NotOpened(lost=sum(lost.values()), keys=len(keys), file=file, databases=", ".join(lost))
    return found


async def _reseal_one(name: str, where: Installation, vault: Vault) -> Resealed:
    mongo = Mongo(where.settings.mongo_url, where.settings.named(f"ccms_{name}"))
    try:
        return await reseal(registry.service(name), mongo, vault)
    finally:
        mongo.close()
