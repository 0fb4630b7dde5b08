"""Walks the portal as a visitor would: along links, a few addresses of each kind of page."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
from starlette.exceptions import HTTPException

from deploy import registry
from shared.identity.policy import Rule
from shared.web.docs import docs_policy, docs_router
from shared.web.table import Table

PAGE: Final = {"Accept": "text/html"}
MOST_OF_A_KIND: Final = 6
"""Addresses of one kind that a visitor opens: cards and issues differ by state, lists by filter."""


@dataclass(frozen=True)
class Step:
    """An address and what it answered."""

    address: str
    answer: httpx.Response

    @property
    def kind(self) -> str:
        """The template of the route that answers the address."""
        return kind_of(self.address)

    @property
    def is_page(self) -> bool:
        """Whether it is something to look at, and not a file."""
        return str(self.answer.headers.get("content-type", "")).startswith("text/html")

    @cached_property
    def links(self) -> list[str]:
        """Addresses of this site that it links to."""
        page = Links()
        page.feed(self.answer.text)
        found = [urlsplit(urljoin(str(self.answer.url), href)) for href in page.found]
        site = urlsplit(str(self.answer.url)).netloc
        return [f"{one.path}?{one.query}" if one.query else one.path for one in found if one.netloc == site]


class Links(HTMLParser):
    """What the links of a page say."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps where a link leads, unless it is the same page or the same in another language."""
        said = dict(attrs)
        href = said.get("href")
        if tag == "a" and href and not href.startswith("#") and "hreflang" not in said:
            self.found.append(href)


def walk(visitor: httpx.Client, starts: Sequence[str]) -> Iterator[Step]:
    """Everything that links lead to from the starts, at most a few of each kind."""
    waiting, seen, kinds = deque(starts), set(starts), Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kinds[kind] == MOST_OF_A_KIND:
            continue
        kinds[kind] += 1
        step = Step(address, visitor.get(address, headers=PAGE))
        yield step
        for link in step.links if step.is_page else ():
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def kind_of(address: str) -> str:
    """The template of the route that answers an address; its path where none does."""
    path = urlsplit(address).path
    for table in TABLES:
        try:
            return table.find("GET", path).path
        except HTTPException:
            continue
    return path


def kinds_of_pages() -> set[str]:
    """Every kind of page that there is: what can be asked for and is not for programs."""
    rules = [rule for name in registry.MODULES for rule in _policy(name) if rule.method == "GET"]
    return {rule.path for rule in rules if not rule.path.startswith("/api/") or rule.path.endswith("/docs")}


def _policy(name: str) -> list[Rule]:
    return [*registry.service(name).policy, *docs_policy(name)]


def _table(name: str) -> Table:
    routers = [*registry.service(name).routers, docs_router(name)]
    return Table([route for router in routers for route in router.routes], _policy(name))


TABLES: Final = [_table(name) for name in registry.MODULES]
