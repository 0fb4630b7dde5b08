"""Searching on real servers: found after filing, by every process, and after one was killed."""

from pathlib import Path
from typing import Any

from shared.contracts.product import ExposureReported
from shared.identity.organisation import load_organisation
from shared.runtime.clock import SystemClock
from shared.web.paging import Cursor, write_cursor
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.topics import tell

ROOT = "/api/intake/v1"


async def file(deployed: Deployment, intake: Served, body: str, **product: str) -> dict[str, Any]:
    async with deployed.client() as client:
        answer = await client.post(f"{intake.url}{ROOT}/complaints", json={"body": body, "product": product})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def ask(deployed: Deployment, intake: Served, path: str, **asked: str) -> dict[str, Any]:
    async with deployed.client() as client:
        answer = await client.get(f"{intake.url}{ROOT}/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def is_found(deployed: Deployment, intake: Served, q: str, numbers: set[str]) -> None:
    async def exactly() -> bool:
        page = await ask(deployed, intake, "complaints", q=q)
        return {item["number"] for item in page["items"]} == numbers and page["index_percent"] == 100

    await until(exactly, f"{q} finds {numbers}")


async def test_a_complaint_is_found_by_every_process_and_after_a_kill(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path, index=tmp_path / "index") as deployed:
        one, two = [await deployed.ready(deployed.start("intake")) for _ in range(2)]
        first = await file(deployed, one, "두유에서 이물질이나왔어요", code="SM-12")
        for process in (one, two):
            await is_found(deployed, process, "이물질", {first["number"]})
        one.process.kill()
        await one.ended()
        second = await file(deployed, two, "빵에서 이물질을 씹었어요")
        again = await deployed.ready(deployed.start("intake"))
        await is_found(deployed, again, "이물질", {first["number"], second["number"]})
        page = await ask(deployed, again, "complaints", q="sm12")
        assert page["items"][0]["found"]["product_code"] == "<mark>SM</mark>-<mark>12</mark>"


async def test_results_come_in_pages_that_neither_repeat_nor_miss_any(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        numbers = [(await file(deployed, intake, f"환불 요청 {n}"))["number"] for n in range(7)]
        await is_found(deployed, intake, "환불", set(numbers))
        seen: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = await ask(deployed, intake, "complaints", q="환불", limit="2", **after)
            seen += [item["number"] for item in page["items"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert seen == numbers[::-1]
        for forged in (Cursor(-(2**63), "x"), Cursor(0, "x"), Cursor(2**63 - 1, "x")):
            page = await ask(deployed, intake, "complaints", q="환불", after=write_cursor(forged, f"{ROOT}/complaints"))
            assert (page["items"] == []) == (forged.key != 2**63 - 1)
        serial = str(int(numbers[2].rpartition("-")[2]))
        for written in (serial, numbers[2].replace("-", ""), f"c-{numbers[2][2:6]}-{serial}"):
            named = await ask(deployed, intake, "complaints", q=written)
            assert named["items"][0]["number"] == numbers[2], written


async def test_a_look_alike_is_shown_with_its_reason(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        burnt = await file(
            deployed, intake, "전기장판을 켜 두었는데 온도 조절기가 녹고 타는 냄새가 났어요", code="EB-200"
        )
        await file(deployed, intake, "주문한 두유가 사흘이나 늦게 도착했습니다", code="SM-12")
        await is_found(deployed, intake, "전기장판", {burnt["number"]})
        async with deployed.client() as client:
            asked = {"text": "전기장판 온도조절기가 녹으면서 타는 냄새가 납니다", "product_code": "EB-200"}
            answer = (await client.post(f"{intake.url}{ROOT}/lookalikes", json=asked)).json()
        (found,) = answer["items"]
        assert found["number"] == burnt["number"]
        assert found["because"][0]["inputs"]["same_product"] is True
        assert "전기장판" in found["because"][0]["words"]


async def test_figures_of_a_product_wait_until_it_is_registered(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        figure = ExposureReported(
            product_code="RC-880", measure="shipped", period="2026-01", units=3120, reported_at=SystemClock().now()
        )
        await tell(deployed.settings, [figure])

        async def is_parked() -> bool:
            mongo = deployed.mongo("intake")
            parked = await mongo.count("parked", {})
            mongo.close()
            return parked == 1

        await until(is_parked, "the figure waits")
        manager = load_organisation().with_role("cs_manager")[0].id
        async with deployed.browser(manager, intake.url) as keeper:
            answer = await keeper.put(f"{ROOT}/products/rc-880", json={"name": "압력밥솥"})
            assert answer.status_code == 200, answer.text
            page = (await keeper.get(f"{ROOT}/exposures", params={"product_code": "RC-880"})).json()
        assert [(item["units"], item["period"]) for item in page["items"]] == [(3120, "2026-01")]


async def test_a_long_file_with_bad_rows_is_taken_in_and_its_report_is_bounded(
    servers: Servers, tmp_path: Path
) -> None:
    rows = [f"P-{n // 5},제품 {n // 5},L-{n % 5},{n}" if n % 2 else f"나쁜 코드 {n},x,," for n in range(6000)]
    content = "\n".join(["제품코드,제품명,로트,수량", *rows]).encode("cp949")
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        manager = load_organisation().with_role("cs_manager")[0].id
        async with deployed.browser(manager, intake.url) as keeper:

            async def taken(**form: str) -> dict[str, Any]:
                answer = await keeper.post(f"{ROOT}/product-imports", files={"file": ("p.csv", content)}, data=form)
                assert answer.status_code == 201, answer.text

                async def is_through() -> dict[str, Any]:
                    report = (await keeper.get(answer.headers["Location"])).json()
                    return dict(report) if report["state"] == "done" else {}

                return await until(is_through, "the file is through")

            tried, first, again = await taken(dry_run="true"), await taken(), await taken()
            refused = await keeper.get(f"/intake/product-imports/{first['id']}/refused.csv")
            listed = (await keeper.get(f"{ROOT}/products", params={"limit": "200"})).json()
        counts = [(each["added"], each["same"], each["refused"]) for each in (tried, first, again)]
        assert counts == [(3000, 0, 3000), (3000, 0, 3000), (0, 3000, 3000)]
        assert len(first["refused_rows"]) == 1000
        assert first["refused_rows"][0]["number"] == 2
        assert len(refused.content.splitlines()) == 1001
        assert len(listed["items"]) == 200
