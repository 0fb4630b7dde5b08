"""Pages: readable without a script, in two languages, with nothing inline and everything escaped."""

import re
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from fastapi import FastAPI

from shared.runtime.settings import Settings
from shared.web.app import create_app
from shared.web.authentication import Authenticator, nobody
from tests.component.web.conftest import Connect

PAGE = "/sample/cases"
DOCS = "/api/home/v1/docs"


async def test_a_page_speaks_korean_first_and_english_when_asked(browser: httpx.AsyncClient) -> None:
    korean = await browser.get(PAGE, headers={"Accept-Language": ""})
    assert '<html lang="ko">' in korean.text
    assert "<h1>불만</h1>" in korean.text
    english = await browser.get(PAGE)
    assert '<html lang="en">' in english.text
    assert "<h1>Complaints</h1>" in english.text


async def test_a_chosen_language_is_kept(browser: httpx.AsyncClient) -> None:
    chosen = await browser.get(PAGE, params={"lang": "ko", "q": "a b"})
    assert 'href="?q=a+b&amp;lang=en"' in chosen.text
    assert "lang=ko" in chosen.headers["set-cookie"]
    assert '<html lang="ko">' in (await browser.get(PAGE)).text


@pytest.mark.parametrize("language", ["fr", "", "ko<script>"])
async def test_a_language_that_we_lack_is_not_kept(browser: httpx.AsyncClient, language: str) -> None:
    answer = await browser.get(PAGE, params={"lang": language})
    assert "set-cookie" not in answer.headers


async def test_what_people_wrote_is_escaped(browser: httpx.AsyncClient) -> None:
    assert "<p>&lt;b&gt;전기장판&lt;/b&gt;</p>" in (await browser.get(PAGE)).text


async def test_times_are_koreas(browser: httpx.AsyncClient) -> None:
    page = await browser.get(PAGE, headers={"Accept-Language": "ko"})
    assert '<time datetime="2026-11-22T12:00:00+09:00">11월 22일 (일) 12:00</time>' in page.text


@pytest.mark.parametrize("path", [PAGE, "/api/sample/v1/docs", "/sample/none"])
async def test_nothing_is_inline_and_everything_is_ours(browser: httpx.AsyncClient, path: str) -> None:
    page = (await browser.get(path)).text
    assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page)
    assert all(address.startswith("/") for address in re.findall(r'(?:src|action)="([^"]*)"', page))


@pytest.mark.parametrize("path", [PAGE, "/api/sample/v1/docs", "/sample/none"])
async def test_a_page_has_its_landmarks(browser: httpx.AsyncClient, path: str) -> None:
    page = (await browser.get(path)).text
    for mark in (
        '<a class="skip" href="#main">',
        "<header",
        "<nav",
        '<main id="main"',
        "<footer",
        "<h1>",
        "<title>",
    ):
        assert mark in page
    assert page.count("<h1") == page.count("<main") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


async def test_files_are_named_by_content_and_kept_for_ever(browser: httpx.AsyncClient) -> None:
    page = (await browser.get(PAGE)).text
    addresses = set(re.findall(r'"(/assets/[^"]+)"', page))
    assert {re.sub(r"\.[0-9a-f]{12}", "", address) for address in addresses} >= {
        "/assets/ccms.css",
        "/assets/live.js",
    }
    for address in addresses:
        answer = await browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        plain = await browser.get(address, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.content == answer.content


async def test_a_file_of_another_time_is_not_there(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/assets/ccms.000000000000.css")).status_code == 404
    assert (await browser.get("/assets/../app.py")).status_code == 404
    assert (await browser.post("/assets/ccms.css")).status_code == 405


def home(settings: Settings) -> FastAPI:
    return create_app("home", [], [], settings=settings, authenticator=Authenticator(nobody))


async def test_a_page_does_without_the_library_that_was_never_fetched(connect: Connect, tmp_path: Path) -> None:
    async with connect(home(Settings(webjars=tmp_path))) as client:
        assert "htmx.min" not in (await client.get(DOCS)).text


async def test_the_library_comes_out_of_its_jar(connect: Connect, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "htmx.org-2.0.10.jar", "w") as jar:
        jar.writestr("META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js", "var htmx")
    async with connect(home(Settings(webjars=tmp_path))) as client:
        page = (await client.get(DOCS)).text
        found = re.search(r'src="(/assets/htmx\.min\.[0-9a-f]{12}\.js)"', page)
        assert found
        assert (await client.get(found[1])).text == "var htmx"
