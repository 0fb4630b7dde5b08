"""What topics are made like: how many copies there are of an event, and how many it needs to count as sent."""

import pytest

from shared.messaging.topics import topics_of
from shared.runtime.settings import Settings, SettingsError, load_settings


def test_every_topic_asks_for_as_many_replicas_as_the_settings_say() -> None:
    made = topics_of(Settings(replication=3, in_sync=2), ["intake", "alerts", "sharing"])
    assert {topic.config["min.insync.replicas"] for topic in made} == {"2"}


def test_more_in_sync_than_there_are_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"CCMS_IN_SYNC: .*CCMS_REPLICATION"):
        load_settings(replication=1, in_sync=2)
