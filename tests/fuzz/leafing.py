"""Pages as a browser reads them: the links and the forms in them."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from tests.fuzz.routes import Routes
from tests.fuzz.seen import Seen

MOST_FORMS: Final = 20
Fields = dict[str, list[str]]
"""Of each field the values that it can have; the first is what it has now."""


@dataclass
class Form:
    """The path it goes to, and what stands in it."""

    action: str
    fields: Fields = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.links += [said[name] for name in ("href", "action", "formaction", "hx-get", "hx-post") if said.get(name)]
        if tag == "form":
            self.forms.append(Form(said.get("action", "")))
        elif self.forms and tag in ("input", "textarea", "button") and said.get("name"):
            self._field(said["name"], said.get("value", ""))
        elif tag == "select":
            self._select = said.get("name", "")
        elif tag == "option" and self.forms and self._select:
            self._field(self._select, said.get("value", ""))

    def _field(self, name: str, value: str) -> None:
        self.forms[-1].fields.setdefault(name, []).append(value)


@dataclass
class Forms:
    """Forms that pages have shown, by the route they go to; `names` are all fields ever seen."""

    of: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    names: list[str] = field(default_factory=list)
    _kept: int = 0

    def keep(self, route: str, form: Form) -> None:
        """Remember a form, one of the last few of its route."""
        known = self.of[route]
        self._kept += 1
        if len(known) < MOST_FORMS:
            known.append(form)
        else:
            known[self._kept % MOST_FORMS] = form
        self.names += [name for name in form.fields if name not in self.names]


def leaf(page: str, address: str, routes: Routes, seen: Seen, forms: Forms) -> None:
    """Take what a page at this address offers: where one can go from it, and what can be filled in."""
    reader = _Reader()
    reader.feed(page)
    for link in reader.links:
        parts = urlsplit(link)
        for name, value in parse_qsl(parts.query):
            seen.hear(name, value)
        if not parts.netloc and (found := routes.at(parts.path)):
            for name, value in found[1].items():
                seen.hear(name, value)
    for form in reader.forms:
        form.action = urlsplit(form.action or address).path
        if seen.untouchable.isdisjoint(form.action.split("/")) and (found := routes.at(form.action)) is not None:
            forms.keep(found[0].rule.path, form)
