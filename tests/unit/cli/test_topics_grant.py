"""`ccms topics grant` refuses before Kafka is asked anything."""

import pytest
from click.testing import CliRunner

from deploy.cli import topics
from deploy.registry import MODULES


def refused(*arguments: str) -> str:
    """What is said on standard error, in English."""
    done = CliRunner(env={"CCMS_LANGUAGE": "en"}).invoke(topics.command, arguments)
    assert done.exit_code == 2, done.output
    return done.stderr


@pytest.mark.parametrize("topic", ["access.changed", "complaint.submitted"])
def test_what_the_catalogue_keeps_inside_cannot_be_read_by_another_system(topic: str) -> None:
    assert f"shop may not read {topic}" in refused("grant", "shop", "--read", topic)


def test_events_cannot_be_told_in_a_services_name() -> None:
    assert "shop may not write issue.escalated" in refused("grant", "shop", "--write", "issue.escalated")


@pytest.mark.parametrize("name", [*MODULES, "Shop", "s", "shop.one", "x" * 41, "*"])
def test_the_name_of_a_service_or_one_that_kafka_reads_otherwise_is_no_name_of_another_system(name: str) -> None:
    for arguments in (("grant", name, "--read", "issue.escalated"), ("revoke", name)):
        assert "small letters" in refused(*arguments)


def test_a_topic_that_is_not_in_the_catalogue_is_refused() -> None:
    assert "complaint.imagined" in refused("grant", "shop", "--read", "complaint.imagined")
