"""`ccms demo`: one week of the invented company, played on a running system and told in the terminal."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final

import click

from deploy.cli.speech import reader_language
from deploy.demo.goods import load_products
from deploy.demo.pace import Pace
from deploy.demo.portal import Unexpected, Unreachable
from deploy.demo.show import Wish, run_show
from deploy.demo.stand import NotStarted
from deploy.demo.teller import Teller
from deploy.demo.terminal import terminal
from shared.identity.organisation import load_organisation
from shared.language.i18n import LANGUAGES, Language, _, translate

STOPPED: Final = _("Stopped. Start it again on the same folder, and the story goes on where it was.")
WHAT_STOPPED: Final[dict[type[Exception], str]] = {
    Unreachable: _("The system does not answer ({reason}). Is `ccms up` still running there?"),
    Unexpected: _("The story stops here, because the system answered otherwise than it should: {reason}"),
    NotStarted: _("The system could not be started; the reason stands above."),
}


@click.command(
    help=(
        _(
            "Play one week of the invented company: complaints come in, people act, the terminal tells the story.\n\n"
            "Example: ccms demo --data ./data --speed 2"
        )
    )
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("data"), show_default=True,
    help=_("Folder of a running `ccms up`; where none runs on it, one is started there."),
)  # fmt: skip
@click.option("--url", help=_("Address of the portal, where it is not the one in run.json."))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
    help=_("Port of the portal, where it has to be started; 0 takes a free one."),
)  # fmt: skip
@click.option(
    "--days", type=click.IntRange(1, 7), default=7, show_default=True, help=_("How many days to play, from Monday.")
)
@click.option(
    "--speed", type=click.FloatRange(0.1, 100), default=1.0, show_default=True,
    help=_("How many times as fast as usual; the usual week takes about four minutes."),
)  # fmt: skip
@click.option("--fast", is_flag=True, help=_("Without any pause."))
@click.option("--again", is_flag=True, help=_("Play a new week although one was played on this folder."))
@click.option(
    "--stay/--no-stay", default=True, show_default=True,
    help=_("Keep the system that was started for the story running until Ctrl-C."),
)  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), help=_("Language of the story; else CCMS_LANGUAGE."))
def command(
    data: Path, url: str | None, port: int, days: int, speed: float, fast: bool, again: bool, stay: bool,
    language: Language | None,
) -> None:  # fmt: skip
    """Exit code 0 when the week was told, 1 when something stopped it."""
    out, reader = terminal(), language or reader_language()
    wish = Wish(data, url, port, days, Pace(None if fast else speed), again, stay)
    try:
        asyncio.run(_until_asked(run_show(wish, Teller(out, reader, load_organisation(), load_products()))))
    except asyncio.CancelledError:
        out.line()
        out.block(translate(STOPPED, reader))
    except (Unreachable, Unexpected, NotStarted) as error:
        click.echo(translate(WHAT_STOPPED[type(error)], reader, reason=error), err=True)
        sys.exit(1)


async def _until_asked(show: Coroutine[Any, Any, None]) -> None:
    """Run it until it is over or a signal asks for its end; what was started is ended in order."""
    task = asyncio.ensure_future(show)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await task
