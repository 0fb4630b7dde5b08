"""A whole deployment, once it has settled."""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from shared.contracts.card import ComplaintEscalated, ComplaintOverdue
from shared.contracts.organisation import OrganisationChanged
from shared.contracts.product import ProductChanged
from shared.contracts.submission import SubmissionAccepted, SubmissionRefused
from tests.chaos.found import Found
from tests.chaos.ledger import Deed
from tests.chaos.place import SERVICES, Place
from tests.chaos.reading.alerts import Alerts
from tests.chaos.reading.intake import Intake
from tests.chaos.reading.service import Kept, deed_of
from tests.chaos.reading.topics import DEAD, FOREIGN, TOLD, Record, all_records, headers_of, sent_of

Records = Mapping[str, Sequence[Record]]
CAME_NEW = ("person-", "listed-")


async def read(place: Place) -> Found:
    """Everything that the check needs; the processes may run on, but nobody may ask for anything meanwhile."""
    records: Records = await all_records(place.settings, (*TOLD, *DEAD))
    databases = {service: place.mongo(service) for service in SERVICES}
    try:
        kept = {service: await Kept.read(service, mongo) for service, mongo in databases.items()}
        intake, alerts = await Intake.read(databases["intake"]), await Alerts.read(databases["alerts"])
        people = await databases["sharing"].find("people", {}, fields={"sequence": 1})
    finally:
        for mongo in databases.values():
            mongo.close()
    own = {row["_id"]: row["sequence"] for row in people}
    copies = {f"{service}'s copy of the directory": (own, each.copied) for service, each in kept.items()}
    sent = [sent_of(record, topic) for topic in TOLD for record in records[topic]]
    letters = [done for each in kept.values() for done in each.done()]
    done = [*intake.done(), *alerts.done(), *letters, *_named(records), *_refused(records)]
    copies |= {"dead letters": (_letters(kept), _buried(records)), "answers": _submitted(done, records)}
    return Found(
        done=done,
        complaints=[row["_id"] for row in intake.complaints],
        told={key: last for each in kept.values() for key, last in each.told.items()},
        sent=[event for event in sent if not event.id.startswith(FOREIGN)],
        cases={row["_id"]: row["issue_id"] for row in alerts.cases},
        linked={row["_id"]: row["issue_id"] for row in intake.complaints},
        counted=alerts.counted(),
        messages=alerts.told(),
        fired=alerts.fired(),
        once=_warnings(records),
        half=[*intake.half(), *alerts.half()],
        copies=copies,
        left={name: number for each in kept.values() for name, number in each.left.items()},
    )


def _told(records: Records, *topics: str) -> list[dict[str, Any]]:
    """The data of the events of these topics, each event once."""
    told = {sent_of(each, topic).id: each for topic in topics for each in records[topic]}
    return [json.loads(each.value) for each in told.values()]


def _warnings(records: Records) -> list[Hashable]:
    """Whom the end of which clock was told to: a level of a department once for each end."""
    told = _told(records, ComplaintOverdue.type, ComplaintEscalated.type)
    return [tuple(data.get(name) for name in _CLOCK) for data in told]


_CLOCK = ("complaint_id", "clock", "department", "level", "due_at")


def _named(records: Records) -> list[tuple[Deed, str]]:
    """Names that people and products were given, each once for each event that tells it."""
    people = [(data["about"].get("name"), data["entry_id"]) for data in _told(records, OrganisationChanged.type)]
    products = _told(records, ProductChanged.type)
    return [
        *((name, id) for name, id in people if id.startswith(CAME_NEW)),
        *((data["product_name"], data["product_code"]) for data in products),
    ]


def _refused(records: Records) -> list[tuple[Deed, str]]:
    """Submissions that were answered with what is wrong."""
    return [(data["idempotency_key"], "") for data in _told(records, SubmissionRefused.type)]


def _submitted(done: Iterable[tuple[Deed, str]], records: Records) -> tuple[dict[str, int], dict[str, int]]:
    """How often each submission had an effect, and how often it was answered."""
    answers = _told(records, SubmissionAccepted.type, SubmissionRefused.type)
    had = Counter(deed for deed, _ in done if deed.startswith("submission-"))
    return had, Counter(data["idempotency_key"] for data in answers)


def _letters(kept: Mapping[str, Kept]) -> dict[str, int]:
    """How many dead letters there are of each record."""
    return dict(Counter(deed_of(row) for each in kept.values() for row in each.dead))


def _buried(records: Records) -> dict[str, int]:
    """The same, as it stands on their topics, where each may stand twice."""
    told = {(topic, said["x-at"], said["ce_id"]) for topic in DEAD for said in map(headers_of, records[topic])}
    return dict(Counter(deed for _, _, deed in told))
