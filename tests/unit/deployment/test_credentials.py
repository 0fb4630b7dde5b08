"""Who a process is to Kafka and MongoDB: out of files, refused by name when something is missing, never shown."""

from pathlib import Path

import pytest

from shared.messaging.broker import broker
from shared.messaging.kafka import access
from shared.runtime.credentials import Brokers
from shared.runtime.settings import Settings, SettingsError, load_settings

PASSWORD = "p@ss/word:1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "password"
    made.write_text(f"{PASSWORD}\n")
    return made


@pytest.mark.parametrize("server", ["kafka", "mongo"])
def test_a_user_without_a_password_is_refused_by_the_name_of_what_is_missing(server: str) -> None:
    with pytest.raises(SettingsError, match=f"CCMS_{server.upper()}_USER: .*CCMS_{server.upper()}_PASSWORD_FILE"):
        load_settings(**{f"{server}_user": "intake"})


@pytest.mark.parametrize("server", ["kafka", "mongo"])
@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_file_that_holds_no_password_stops_the_start(server: str, content: str | None, tmp_path: Path) -> None:
    place = tmp_path / "password"
    if content is not None:
        place.write_text(content)
    with pytest.raises(SettingsError, match=f"CCMS_{server.upper()}_PASSWORD_FILE: .*password"):
        load_settings(**{f"{server}_user": "intake", f"{server}_password_file": place})


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="CCMS_MONGO: ") as refused:
        load_settings(mongo="mongodb://intake:hush@mongo/?replicaSet=ccms")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("address", ["mongodb://one:1,two:2/?replicaSet=ccms", "mongodb://one:1,two:2?replicaSet=ccms"])
def test_user_and_password_get_into_mongodbs_address_whatever_signs_are_in_them(address: str, file: Path) -> None:
    settings = Settings(mongo=address, mongo_user="intake", mongo_password_file=file)
    assert settings.mongo_url == ("mongodb://intake:p%40ss%2Fword%3A1@one:1,two:2/?replicaSet=ccms&authSource=admin")
    assert Settings(mongo=address).mongo_url == address


def test_a_password_that_was_changed_counts_from_then_on(file: Path) -> None:
    settings = Settings(kafka_user="intake", kafka_password_file=file)
    file.write_text("another")
    assert settings.brokers.password == "another"


def test_nothing_that_is_printed_shows_a_password(file: Path) -> None:
    settings = Settings(kafka_user="i", kafka_password_file=file, mongo_user="i", mongo_password_file=file)
    assert PASSWORD not in repr(settings) + repr(settings.brokers) + str(settings.model_dump())


@pytest.mark.parametrize(
    ("user", "tls", "protocol"),
    [("", False, "PLAINTEXT"), ("", True, "SSL"), ("i", False, "SASL_PLAINTEXT"), ("i", True, "SASL_SSL")],
)
def test_every_client_of_kafka_speaks_the_same_way(user: str, tls: bool, protocol: str) -> None:
    brokers = Brokers("one:1,two:2", user, PASSWORD, tls=tls)
    options = access(brokers)
    assert options["bootstrap_servers"] == ["one:1", "two:2"]
    assert (options["security_protocol"], "ssl_context" in options) == (protocol, tls)
    assert options.get("sasl_mechanism") == ("SCRAM-SHA-512" if user else None)
    for name, value in broker(brokers)._connection_kwargs.items():  # what FastStream hands to its own client
        if name in options and name != "ssl_context":
            assert value == options[name], name
