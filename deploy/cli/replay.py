"""`ccms replay`: a topic that was lost, told anew."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from deploy.cli.options import data_option, json_option, report, run_quietly, tell
from deploy.installation import installation
from deploy.local.errors import LocalError
from deploy.local.sentence import Sentence
from shared.contracts.catalogue import CATALOGUE, OUTBOX_AGE, Entry
from shared.language.i18n import _
from shared.messaging.resending import HeldBack, Resent, resend
from shared.runtime.clock import KOREA

TOPICS: Final = sorted(topic for topic, entry in CATALOGUE.items() if not entry.command and not entry.announced)
"""Those that a service here tells: commands come from other systems, which have them."""

DONE = _("{count} events of {topic} stand on their topic once more, the oldest of {oldest}.")
NONE = _("The outbox of {service} keeps no event of {topic} from that time: nothing was sent.")
AGE = _("The outbox keeps events of {topic} for {days} days; older ones cannot be sent again.")


class NotAllSent(LocalError):
    text = (
        "{left} events of {topic} could not be sent: see the log of {service}'s relay. They stay in its outbox and are "
        "tried again as long as it runs."
    )


class Moment(click.ParamType[datetime]):
    """A day or a time, in Korea unless it says where."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """As ISO 8601 writes it."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value}: 2026-11-20, 2026-11-20T09:00, 2026-11-20T00:00+00:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=KOREA)


@click.command(
    help=_(
        "Send a topic's events again from the outbox of the service that told them: same ids, same order of each key, "
        "so that readers who knew them drop them. For a topic that was lost; a missing one is made.\n\n"
        "Example: ccms replay complaint.created --since 2026-11-20T09:00 --data ./data"
    )
)
@click.argument("topic", type=click.Choice(TOPICS))
@click.option("--since", type=Moment(), help=_("Only what was told from this day or time on, by Korean time."))
@data_option
@json_option
def command(topic: str, since: datetime | None, data: Path | None, as_json: bool) -> None:
    """What is cut off goes on with the service's relay."""
    entry = CATALOGUE[topic]
    if not entry.compacted:
        tell(Sentence(AGE, topic=topic, days=OUTBOX_AGE.days))
    found = run_quietly(_resend(entry, since, data))
    oldest = found.oldest.isoformat() if found.oldest else None
    figures: dict[str, object] = {"topic": topic, "sent": found.count, "oldest": oldest}
    text = DONE if found.count else NONE
    report(text, figures, as_json, topic=topic, count=found.count, oldest=oldest, service=entry.owner)


async def _resend(entry: Entry, since: datetime | None, data: Path | None) -> Resent:
    async with installation(data, tell) as where:
        try:
            return await resend(entry, where.settings, since)
        except HeldBack as held:
            raise NotAllSent(left=held.left, topic=entry.topic, service=entry.owner) from None
