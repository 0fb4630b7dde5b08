"""A series belongs to one issue at a time, however often issues of it are closed, succeeded, joined and reopened."""

from typing import Any

from tests.integration.alerts.conftest import OFFICER, WORKER, Alerts
from tests.integration.processes import until
from tests.integration.topics import a_created, tell


async def watched(alerts: Alerts, product: str, but: str = "") -> dict[str, Any]:
    """The issue of one more late delivery of a product; another one than `but`."""
    await tell(alerts.deployed.settings, [a_created("배송이 늦었어요", product_code=product)])

    async def opened() -> list[dict[str, Any]]:
        page = await alerts.ask(WORKER, f"issues?product={product}")
        return [issue for issue in page["items"] if issue["id"] != but]

    (issue,) = await until(opened, "the issue is open")
    return dict(issue)


async def close(alerts: Alerts, issue: dict[str, Any]) -> None:
    await alerts.do(OFFICER, f"issues/{issue['id']}/closures", finding="unclear", reason="한 건뿐")


async def state_of(alerts: Alerts, issue: dict[str, Any]) -> str:
    return str((await alerts.ask(WORKER, f"issues/{issue['id']}"))["state"])


async def test_an_older_issue_that_was_reopened_is_closed_again_beside_its_closed_successor(forgetful: Alerts) -> None:
    old = await watched(forgetful, "SERIES-1")
    await close(forgetful, old)
    new = await watched(forgetful, "SERIES-1", but=old["id"])
    await close(forgetful, new)
    await forgetful.do(OFFICER, f"issues/{old['id']}/reopenings", reason="옛 이슈를 다시 봄")
    await close(forgetful, old)
    assert [await state_of(forgetful, issue) for issue in (old, new)] == ["closed", "closed"]


async def test_a_whole_is_reopened_although_the_series_of_its_part_has_a_newer_issue(forgetful: Alerts) -> None:
    whole, part = await watched(forgetful, "SERIES-2"), await watched(forgetful, "SERIES-3")
    await forgetful.do(OFFICER, f"issues/{whole['id']}/joinings", other=part["number"], reason="같은 원인")
    await close(forgetful, whole)
    newer = await watched(forgetful, "SERIES-3", but=part["id"])
    await forgetful.do(OFFICER, f"issues/{whole['id']}/reopenings", reason="재조사")
    states = [await state_of(forgetful, issue) for issue in (whole, part, newer)]
    assert states == ["watched", "joined", "watched"]
    await close(forgetful, newer)
    await close(forgetful, whole)
