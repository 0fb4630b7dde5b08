"""Who may do what on Kafka: nobody more than the catalogue says."""

from collections import defaultdict

import pytest

from deploy import registry
from shared.contracts.catalogue import CATALOGUE, Entry, dead_letter_topic
from shared.messaging.rights import NotForOthers, Right, may_be_read_by_others, rights_of, rights_of_other
from shared.runtime.settings import Settings

PLAIN = Settings()
SERVICES = tuple(registry.MODULES)


def holders(act: str, thing: str = "topic") -> dict[str, set[str]]:
    """By name of a thing: which services may do it."""
    found: dict[str, set[str]] = defaultdict(set)
    for service in SERVICES:
        for right in rights_of(service, PLAIN):
            if (right.act, right.thing) == (act, thing):
                found[right.name].add(right.user)
    return found


every_topic = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))


@every_topic
def test_a_topic_is_written_by_its_owner_and_by_nobody_else(entry: Entry) -> None:
    """Commands come from other systems; what is announced has no owner yet."""
    owner = {entry.owner} & set(SERVICES)
    assert holders("write")[entry.topic] == (set() if entry.command else owner)


@every_topic
def test_a_topic_is_read_by_those_the_catalogue_lists_and_by_its_owners_pages(entry: Entry) -> None:
    follows_itself = set() if entry.command else {entry.owner} & set(SERVICES)
    assert holders("read")[entry.topic] == set(entry.consumers) | follows_itself


def test_dead_letters_are_written_by_whoever_could_not_take_the_record_and_read_by_no_service() -> None:
    letters = {
        dead_letter_topic(service, entry.topic): {service}
        for entry in CATALOGUE.values()
        for service in entry.consumers
    }
    assert {topic: users for topic, users in holders("write").items() if topic.endswith(".dlq")} == letters
    assert not {topic for topic in holders("read") if topic.endswith(".dlq")}


def test_a_service_has_its_own_groups_and_sends_under_its_own_name_alone() -> None:
    assert holders("write", "transaction") == {f"{service}.relay": {service} for service in SERVICES}
    for group, users in holders("read", "group").items():
        assert users == {group.split(".")[0]}


def test_no_right_of_a_service_is_about_names_that_only_begin_alike() -> None:
    assert not [right for service in SERVICES for right in rights_of(service, PLAIN) if right.prefix]


def test_a_namespace_stands_before_everything() -> None:
    rights = rights_of("alerts", Settings(namespace="test-"))
    assert rights
    assert all(right.name.startswith("test-") and right.user == "test-alerts" for right in rights)


def test_another_system_gets_the_topics_it_names_and_groups_of_its_own_name() -> None:
    assert rights_of_other("shop", ["issue.escalated"], ["complaint.submitted"], PLAIN) == {
        Right("shop", "topic", "issue.escalated", "read"),
        Right("shop", "topic", "complaint.submitted", "write"),
        Right("shop", "group", "shop.", "read", prefix=True),
    }


@pytest.mark.parametrize("topic", [name for name, entry in CATALOGUE.items() if not may_be_read_by_others(entry)])
def test_what_the_catalogue_keeps_inside_no_other_system_can_be_given(topic: str) -> None:
    with pytest.raises(NotForOthers):
        rights_of_other("shop", [topic], [], PLAIN)


def test_sign_ins_and_what_customers_wrote_are_kept_inside() -> None:
    kept = {name for name, entry in CATALOGUE.items() if not may_be_read_by_others(entry)}
    assert {"access.changed", "complaint.submitted"} <= kept


@pytest.mark.parametrize("topic", [name for name, entry in CATALOGUE.items() if not entry.command])
def test_no_other_system_can_tell_events_in_a_services_name(topic: str) -> None:
    with pytest.raises(NotForOthers):
        rights_of_other("shop", [], [topic], PLAIN)
