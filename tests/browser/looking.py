"""What can be wrong with the looks of a page: what axe finds, and what does not fit the window."""

from collections.abc import Mapping
from typing import Any, Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

TOO_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COLOURS: Final = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


async def faults_of(page: Page, options: Mapping[str, Any] | None = None) -> list[str]:
    """What axe finds, a line for each kind of fault with the first place of it."""
    found = await Axe().run(page, options=dict(options) if options else {"resultTypes": ["violations"]})
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]


async def faults_at_any_width(page: Page) -> list[str]:
    """The same, and whether one has to scroll sideways."""
    wide = await page.evaluate(TOO_WIDE)
    return [*([f"{wide} px too wide"] if wide > 0 else []), *await faults_of(page)]
