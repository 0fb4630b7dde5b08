"""Files that lie, burst, hide or never end: refused by field in both languages, and nothing of them stays."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from services.intake.jobs import sweep_files
from tests.integration.filing.conftest import API, Intake, upload
from tests.unit.uploads.sample_files import WORD, archive, jpeg, lying_zip_bomb, mp4, pdf, png, zip_bomb

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def chunks(intake: Intake) -> int:
    return await intake.running.mongo.count("fs.chunks", {})


Make = Callable[[], bytes]
"""How to make a file that takes its time to make."""

LIES = {
    "a program as a photo": ("photo.jpg", b"MZ" + bytes(200), "image/jpeg", 415),
    "a page as a photo": ("photo.png", b"<html><script>x</script>" + bytes(99), "image/png", 415),
    "a document as a photo": ("photo.jpg", pdf(), "image/jpeg", 415),
    "a photo declared as a film": ("photo.jpg", jpeg(), "video/mp4", 415),
    "a zip bomb": ("letter.docx", zip_bomb, "", 422),
    "a zip bomb that lies": ("letter.docx", lying_zip_bomb, "", 422),
    "an image bomb": ("photo.png", png(50_000, 50_000), "image/png", 422),
    "nothing": ("photo.png", b"", "image/png", 422),
    "macros": ("a.docx", archive(WORD | {"word/vbaProject.bin": b"x"}), "", 422),
    "too large": ("photo.jpg", jpeg() + bytes(21 * 1024 * 1024), "image/jpeg", 413),
}


@pytest.mark.parametrize(("name", "content", "declared", "status"), LIES.values(), ids=LIES)
async def test_what_is_refused_says_so_in_both_languages_and_leaves_nothing(
    intake: Intake, agent: httpx.AsyncClient, name: str, content: bytes | Make, declared: str, status: int
) -> None:
    sent = content if isinstance(content, bytes) else content()
    await sweep_files(intake.store)
    before = await chunks(intake)
    for language in ("en", "ko"):
        agent.headers["Accept-Language"] = language
        answer = await upload(agent, name, sent, declared)
        assert answer.status_code == status, answer.text
        (error,) = answer.json()["errors"]
        assert error["field"] == "file"
        assert any("가" <= sign <= "힣" for sign in error["message"]) == (language == "ko")
    agent.headers["Accept-Language"] = "en"
    await sweep_files(intake.store)
    assert await chunks(intake) == before
    assert await intake.running.mongo.count("attachments", {"state": {"$in": ["arriving", "dropped"]}}) == 0


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"a": 1}},
        {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=" + "x" * 300}},
        {"files": {"other": ("a.png", png())}},
        {"files": {"file": ("", png())}},
    ],
    ids=["json", "cut off", "empty", "no boundary", "long boundary", "another field", "no name"],
)
async def test_a_form_without_its_file_is_refused(agent: httpx.AsyncClient, request_: dict[str, object]) -> None:
    answer = await agent.post(f"{API}/attachments", **request_)  # type: ignore[arg-type]
    assert answer.status_code in (400, 415, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_form_beyond_every_limit_is_cut_off(agent: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n' + mp4()
        for _ in range(70):
            yield bytes(1024 * 1024)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await agent.post(f"{API}/attachments", content=endless(), headers=headers)).status_code == 413


async def test_names_that_deceive_are_cleaned(agent: httpx.AsyncClient) -> None:
    for written, kept in [("a\u202egnp.png", "agnp.png"), ("../../x.png", "x.png"), ("   .png", "png.png")]:
        assert (await upload(agent, written, png())).json()["name"] == kept
