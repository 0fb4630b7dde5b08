"""The ages that depend on each other: nothing is forgotten while it can still come again."""

from datetime import timedelta

from shared.contracts.catalogue import COMMAND_AGE, DEAD_LETTER_AGE, ENTRIES, INBOX_AGE, OUTBOX_AGE
from shared.db import member, outbox
from shared.db.parking import Parked
from shared.messaging.topics import topics_of
from shared.runtime.settings import Settings


def seconds(age: timedelta) -> int:
    return int(age.total_seconds())


def test_an_event_is_known_longer_than_a_topic_keeps_it_and_a_dead_letter_can_be_replayed() -> None:
    longest = max(entry.retention for entry in ENTRIES if not entry.compacted)
    assert longest < INBOX_AGE
    assert DEAD_LETTER_AGE < INBOX_AGE
    assert OUTBOX_AGE + longest < INBOX_AGE, "sent again from the outbox, an event stands on the topic once more"


def test_what_was_sent_is_kept_longer_than_a_start_after_a_crash_needs() -> None:
    assert timedelta(hours=1) < OUTBOX_AGE


def test_a_command_is_known_for_two_days() -> None:
    assert timedelta(hours=48) == COMMAND_AGE


def test_the_database_forgets_at_these_ages() -> None:
    kept = {name: [i["expireAfterSeconds"] for i in indexes] for name, indexes in member.MARKER_INDEXES.items()}
    assert kept["inbox"] == [seconds(INBOX_AGE)]
    assert kept["commands"] == [seconds(COMMAND_AGE)]
    assert [i["expireAfterSeconds"] for i in outbox.INDEXES if "expireAfterSeconds" in i] == [seconds(OUTBOX_AGE)]


def test_what_waits_is_never_forgotten_by_age() -> None:
    assert not any("expireAfterSeconds" in index for index in Parked.indexes)


def test_every_topic_is_made_with_its_age() -> None:
    made = {topic.name: topic.config for topic in topics_of(Settings(), {entry.owner for entry in ENTRIES})}
    for entry in ENTRIES:
        if entry.compacted:
            assert made[entry.topic]["cleanup.policy"] == "compact"
        else:
            assert made[entry.topic]["retention.ms"] == str(seconds(entry.retention) * 1000)
    letters = {name: config for name, config in made.items() if name.endswith(".dlq")}
    assert {config["retention.ms"] for config in letters.values()} == {str(seconds(DEAD_LETTER_AGE) * 1000)}
    assert len(letters) == sum(len(entry.consumers) for entry in ENTRIES)
