"""Walks the portal as a visitor would: from page to page, one of each kind."""

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
from starlette.exceptions import HTTPException

from deploy import registry
from shared.web.table import Table

STARTS: Final = ("/", "/complaints/new", "/complaints/follow")
MOST_PAGES: Final = 120


class Links(HTMLParser):
    """The addresses that a page links to, of this site and meant to be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps where links lead."""
        said = dict(attrs)
        href = said.get("href")
        if tag == "a" and href and "download" not in said and not href.startswith(("#", "mailto:")):
            self.found.append(href)


def tables() -> list[Table]:
    """The policy of every service, in which a path finds its kind of page."""
    made = []
    for name in registry.MODULES:
        service = registry.service(name)
        made.append(Table([route for router in service.routers for route in router.routes], service.policy))
    return made


TABLES: Final = tables()


def pages_of_services() -> set[str]:
    """Every kind of page: what a browser may ask for and is not part of another page."""
    return {
        rule.path
        for name in registry.MODULES
        for rule in registry.service(name).policy
        if rule.method == "GET" and not rule.path.startswith("/api/")
    }


def kind_of(path: str) -> str:
    """The template of the route that answers a path; the path itself where none does."""
    for table in TABLES:
        try:
            return table.find("GET", path).path
        except HTTPException:
            continue
    return path


def walk(visitor: httpx.Client) -> Iterator[tuple[str, httpx.Response]]:
    """Every kind of page that can be reached by links, each once, with its answer."""
    waiting, seen = deque(STARTS), set(STARTS)
    kinds: set[str] = set()
    while waiting and len(kinds) < MOST_PAGES:
        address = waiting.popleft()
        kind = kind_of(urlsplit(address).path)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = visitor.get(address, headers={"Accept": "text/html"})
        yield address, answer
        if answer.headers.get("content-type", "").startswith("text/html"):
            for link in _links(answer, str(visitor.base_url)):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)


def _links(answer: httpx.Response, site: str) -> Iterator[str]:
    page = Links()
    page.feed(answer.text)
    for href in page.found:
        whole = urlsplit(urljoin(str(answer.url), href))
        if f"{whole.scheme}://{whole.netloc}" == site.rstrip("/") and not whole.path.startswith("/static"):
            yield whole.path + (f"?{whole.query}" if whole.query else "")
