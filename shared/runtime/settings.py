"""Every setting, from `CCMS_*` in the environment; `docs/settings.md` is generated from this class."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.runtime.credentials import Brokers, Mechanism, has_password, read_secret, with_credentials


class SettingsError(Exception):
    """A setting is missing or wrong; the text names each one and says what would be right."""


class Settings(BaseSettings):
    """The table of settings. Secrets come from files, never from the environment itself."""

    model_config = SettingsConfigDict(env_prefix="CCMS_", extra="ignore", frozen=True)

    kafka: str = Field("127.0.0.1:9092", description="Kafka's bootstrap servers, host:port, comma separated")
    kafka_password_file: Path | None = Field(None, description="File with the password of CCMS_KAFKA_USER")
    kafka_user: str = Field("", description="As whom Kafka is spoken to; without it Kafka must not ask")
    kafka_mechanism: Mechanism = Field("SCRAM-SHA-512", description="How the password is proved to Kafka (SASL)")
    kafka_tls: bool = Field(False, description="Whether the way to Kafka is encrypted")
    kafka_ca_file: Path | None = Field(
        None, description="Certificates (PEM) that vouch for the brokers, instead of those the system trusts"
    )
    mongo: str = Field(
        "mongodb://127.0.0.1:27017/?replicaSet=ccms",
        description="MongoDB's address; it has to be a replica set. TLS by its own options (`&tls=true&tlsCAFile=…`)",
    )
    mongo_password_file: Path | None = Field(None, description="File with the password of CCMS_MONGO_USER")
    mongo_user: str = Field("", description="As whom MongoDB is spoken to: a user of its database `admin`")
    namespace: str = Field(
        "",
        pattern=r"^[a-z0-9_-]{0,24}$",
        description="Prefix of topics, groups, databases, transactional ids",
    )
    mode: Literal["local", "production"] = Field(
        "production", description="`local` is `ccms up` with sample people; `production` refuses those"
    )
    language: Literal["ko", "en"] = Field("ko", description="Language where a reader states none")
    calendar: Literal["KR"] = Field("KR", description="Country whose public holidays are no business days")
    master_key_file: Path | None = Field(
        None, description="File of 32 bytes (or 64 hex digits) that wraps every person's data key"
    )
    rules: Path | None = Field(None, description="Folder whose rule files win over the shipped ones")
    organisation_file: Path | None = Field(
        None, description="YAML file of people and departments, used until `sharing` has told of any"
    )
    sample_people: bool | None = Field(
        None,
        description="Whether the invented company stands in for a missing one, whose people sign in with one click; "
        "by itself in `local` mode, refused in `production`",
    )
    index: Path | None = Field(
        None,
        description="Folder of the search indexes, made anew when it is lost; without it they are made at each start",
    )
    webjars: Path | None = Field(None, description="Folder of WebJars with the front-end libraries")
    trusted_proxies: str = Field(
        "", description="Networks of proxies whose X-Forwarded-For is believed (rate limits only), comma separated"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged")
    traces: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="Address of a collector of traces (OTLP over HTTP, `http://collector:4318`); without it nothing is "
        "traced",
    )
    trace_share: float = Field(
        1.0, ge=0, le=1, description="Share of the traces that are recorded, decided where each begins"
    )
    log_format: Literal["json", "text"] = Field("json", description="Form of a log line")
    partitions: Annotated[int, Field(ge=1, le=64)] | None = Field(
        None, description="Partitions of each topic at creation, instead of the catalogue's number"
    )
    replication: int = Field(1, ge=1, le=5, description="Replication factor of topics at creation")
    in_sync: int = Field(
        1, ge=1, le=5, description="Replicas that need an event before it counts as sent, at creation of topics"
    )
    batch: int = Field(500, ge=1, le=500, description="Most records that a consumer takes in one transaction")
    group_commit: int = Field(64, ge=1, le=500, description="Most requests that share one transaction")
    deadline: float = Field(4.0, gt=0, le=60, description="Seconds after which a write is given up with 503")
    dead_letter_limit: int = Field(100, ge=1, description="Dead letters of one consumer within the window that stop it")
    dead_letter_window: float = Field(300.0, gt=0, description="Length of that window in seconds")
    transient_patience: float = Field(
        60.0, gt=0, description="Seconds a consumer tries again before it stops without committing"
    )

    @field_validator("kafka_password_file", "mongo_password_file")
    @classmethod
    def _holds_a_password(cls, file: Path | None) -> Path | None:
        if file is not None:
            read_secret(file)
        return file

    @field_validator("kafka_user", "mongo_user")
    @classmethod
    def _has_a_password(cls, user: str, other: ValidationInfo) -> str:
        file = f"{other.field_name}".replace("_user", "_password_file")
        if user and other.data.get(file, file) is None:
            variable = f"CCMS_{file.upper()}"
            raise PydanticCustomError(
                "no_password", "name the file with its password: {variable}", {"variable": variable}
            )
        return user

    @field_validator("mongo")
    @classmethod
    def _keeps_no_secret(cls, address: str) -> str:
        if has_password(address):
            raise PydanticCustomError("secret", "it holds a password: use CCMS_MONGO_USER and CCMS_MONGO_PASSWORD_FILE")
        return address

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, written: str) -> str:
        for part in filter(None, map(str.strip, written.split(","))):
            ip_network(part, strict=False)
        return written

    @field_validator("in_sync")
    @classmethod
    def _within_replication(cls, wanted: int, other: ValidationInfo) -> int:
        if wanted > other.data.get("replication", wanted):
            raise PydanticCustomError("in_sync", "at most as many as CCMS_REPLICATION, or nothing could be sent")
        return wanted

    @field_validator("sample_people")
    @classmethod
    def _not_in_production(cls, wanted: bool | None, other: ValidationInfo) -> bool | None:
        if wanted and other.data.get("mode") == "production":
            raise PydanticCustomError("sample_people", "invented people may not sign in to a production system")
        return wanted

    @property
    def brokers(self) -> Brokers:
        """Kafka, with the password as it stands in its file now."""
        password = read_secret(self.kafka_password_file) if self.kafka_password_file else ""
        return Brokers(self.kafka, self.kafka_user, password, self.kafka_mechanism, self.kafka_tls, self.kafka_ca_file)

    @property
    def mongo_url(self) -> str:
        """MongoDB's address with user and password, for the driver and for nobody's eyes."""
        return with_credentials(self.mongo, self.mongo_user, self.mongo_password) if self.mongo_user else self.mongo

    @property
    def mongo_password(self) -> str:
        """As it stands in its file now; empty without one."""
        return read_secret(self.mongo_password_file) if self.mongo_password_file else ""

    @property
    def has_sample_people(self) -> bool:
        """Whether this is the invented company."""
        return self.mode == "local" if self.sample_people is None else self.sample_people

    def named(self, name: str) -> str:
        """A topic, group, database or transactional id in this deployment's namespace."""
        return f"{self.namespace}{name}"


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment; raises `SettingsError` that names each wrong variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as wrong:
        lines = [f"CCMS_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors()]
        raise SettingsError("\n".join(lines)) from None
