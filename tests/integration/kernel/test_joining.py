"""A service finds Kafka by any of its servers, and takes requests before Kafka is there."""

from uuid import uuid4

from deploy import registry
from shared.runtime.process import Running
from shared.runtime.settings import Settings
from tests.integration.processes import until
from tests.integration.topics import a_created, tell

NOBODY = "127.0.0.1:1"


async def test_consumers_go_on_without_the_first_of_several_servers(settings: Settings) -> None:
    several = settings.model_copy(update={"kafka": f"{NOBODY},{settings.kafka}", "namespace": f"k{uuid4().hex[:10]}-"})
    alerts = Running(registry.service("alerts"), several, ["consumers"])
    await alerts.start()
    try:
        await tell(several, [a_created(complaint_id="c-1")])

        async def is_taken() -> bool:
            return await alerts.mongo.count("cases", {"_id": "c-1"}) == 1

        await until(is_taken, "the complaint is weighed")
    finally:
        await alerts.mongo.drop()
        await alerts.stop()


async def test_a_service_is_ready_although_kafka_is_away(settings: Settings) -> None:
    away = settings.model_copy(update={"kafka": NOBODY, "mode": "production", "namespace": f"k{uuid4().hex[:10]}-"})
    alerts = Running(registry.service("alerts"), away, ["consumers", "relay", "jobs"])
    await alerts.start()
    try:
        assert [part.name for part in alerts.readiness() if not part.well] == []
    finally:
        await alerts.mongo.drop()
        await alerts.stop()
