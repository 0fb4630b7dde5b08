"""`ccms dlq`: dead letters and parked records of every service, seen and decided."""

import base64
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from deploy import registry
from deploy.cli.options import data_option, run_quietly, tell
from deploy.cli.speech import reader_language
from deploy.installation import installation
from deploy.local.sentence import Sentence
from shared.contracts.cloudevents import Unreadable
from shared.db.parking import DeadLetter
from shared.errors import Refused
from shared.language.i18n import _, translate
from shared.messaging.dead_letters import STATES, DeadLetters
from shared.messaging.subscription import RAISED_BY
from shared.privacy.masking import mask
from shared.runtime.process import Running

T = TypeVar("T")
Work = Callable[[DeadLetters], Awaitable[T]]
SHOWN = 4000
STOPPED = _(
    "{consumer} has stopped at {at}, for too many records failed at once ({because}), and none of that batch is listed "
    "here. Mend what makes them fail; or, to have them all put aside, raise {setting} and start the service again."
)


@click.group(
    help=(
        _(
            "Records that could not be taken: list, show, replay or drop them. Addresses come from CCMS_* settings.\n\n"
            "Example: ccms dlq list alerts"
        )
    )
)
def command() -> None:
    """The group."""


_SERVICE = click.argument("service", type=click.Choice(sorted(registry.MODULES)))
_ID = click.argument("id_", metavar="ID")


@command.command("list", help=_("List dead letters and parked records.\n\nExample: ccms dlq list alerts --json"))
@_SERVICE
@data_option
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True, help=_("State of the letters."))
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help=_("Most rows of each kind."))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def list_(service: str, data: Path | None, state: str, limit: int, as_json: bool) -> None:
    """One line a record."""

    async def work(letters: DeadLetters) -> dict[str, Any]:
        dead, parked = await letters.page(state, limit), await letters.parked(limit)
        waiting = [{"id": p.id, "waits_for": p.waits_for, "parked_at": p.parked_at.isoformat()} for p in parked]
        stood = [{"consumer": s.consumer, "at": s.at.isoformat(), "because": s.because} for s in await letters.stops()]
        return {"dead": [_row(letter) for letter in dead], "parked": waiting, "stopped": stood}

    found = _with(service, data, work)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for row in found["dead"]:
        click.echo(f"{row['id']}  {row['dead_at']}  {row['consumer']}  {row['error']}")
    for row in found["parked"]:
        click.echo(f"{row['id']}  {row['parked_at']}  parked, waits for {row['waits_for']}")
    for row in found["stopped"]:
        tell(Sentence(STOPPED, setting=RAISED_BY, **row))


@command.command(help=_("Show one dead letter; personal data masked.\n\nExample: ccms dlq show alerts ID"))
@_SERVICE
@_ID
@data_option
def show(service: str, id_: str, data: Path | None) -> None:
    """Everything about one letter."""

    async def work(letters: DeadLetters) -> dict[str, Any]:
        letter = await letters.one(id_)
        headers = {name: value.decode(errors="replace") for name, value in letter.headers}
        return _row(letter) | {"headers": headers, "body": _body(letters.content(letter))}

    click.echo(json.dumps(_with(service, data, work), indent=2, ensure_ascii=False))


@command.command(
    help=(
        _(
            "Handle a dead letter again, with a corrected body if given.\n\n"
            "Example: ccms dlq replay alerts ID --body fixed.json"
        )
    )
)
@_SERVICE
@_ID
@data_option
@click.option(
    "--body",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("File with the corrected data."),
)
def replay(service: str, id_: str, data: Path | None, body: Path | None) -> None:
    """Done once the effects are durable."""
    fixed = body.read_bytes() if body else None
    _with(service, data, lambda letters: letters.replay(id_, fixed))
    click.echo("replayed")


@command.command(help=_("Decide that a dead letter is not needed.\n\nExample: ccms dlq drop alerts ID"))
@_SERVICE
@_ID
@data_option
def drop(service: str, id_: str, data: Path | None) -> None:
    """It stays listed under --state dropped."""
    _with(service, data, lambda letters: letters.drop(id_))
    click.echo("dropped")


def _with(service: str, data: Path | None, work: Work[T]) -> T:
    async def run() -> T:
        async with installation(data, tell) as where:
            running = Running(registry.service(service), where.settings, roles=())
            try:
                return await work(DeadLetters(running.store, running.subscriptions))
            finally:
                running.mongo.close()

    try:
        return run_quietly(run())
    except (Unreadable, Refused) as error:
        said = translate(error.text, reader_language(), **error.inputs) if isinstance(error, Refused) else str(error)
        raise click.ClickException(said) from None


def _row(letter: DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "consumer": letter.consumer,
        "topic": letter.topic,
        "partition": letter.partition,
        "offset": letter.offset,
        "error": letter.error,
        "dead_at": letter.dead_at.isoformat(),
        "state": letter.state,
    }


def _body(content: bytes | None) -> str | None:
    if content is None:
        return None
    try:
        return mask(content.decode())[:SHOWN]
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(content[:SHOWN]).decode()
