"""A request as it is drawn: what it says may still name things that only answers can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from hypothesis import strategies as st

from tests.fuzz import horrors
from tests.fuzz.callers import Callers
from tests.fuzz.files import alone, uploads
from tests.fuzz.horrors import mostly
from tests.fuzz.routes import Route
from tests.fuzz.seen import Forged, Known
from tests.fuzz.shapes import indexes, near

Kind = Literal["none", "json", "spoilt json", "form", "files", "file alone"]

LANGUAGES: Final = (
    ("ko", "ko"), ("en", "en"), ("en-US,en;q=0.9", "en"), ("ko-KR,ko;q=0.8,en;q=0.5", "ko"), ("de-DE", "ko"),
    ("", "ko"), ("en;q=0, ko;q=0.1", "ko"), ("*;q=nan,;;q=,en;q=0.2", "en"), ("x" * 3000, "ko"),
)  # fmt: skip
"""Values of `Accept-Language`, each with the language that has to be answered in."""
OTHER_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")
ODD_HEADERS: Final = (
    "Idempotency-Key", "Idempotency-Key", "If-Match", "If-Match", "If-None-Match", "X-Correlation-Id",
    "traceparent", "Last-Event-ID", "Range", "Content-Encoding", "Cookie", "Sec-Fetch-Site", "Origin", "HX-Request",
    "HX-Current-URL", "Referer", "X-Forwarded-For", "X-Forwarded-Host", "Accept", "Content-Type", "User-Agent",
    "Authorization", "Host", "If-Modified-Since",
)  # fmt: skip
GOOD_VALUES: Final = (
    "*",
    '"1"',
    '"2"',
    'W/"1"',
    '"1", "2"',
    "a-key-of-its-own",
    "same-origin",
    "cross-site",
    "bytes=0-1",
    "gzip",
)


@dataclass(frozen=True)
class Plan:
    """One request. `changes` of a form: places and what is put there, counted over the fields that it turns out to
    have; `language` is what a refusal has to speak.
    """

    caller: str
    method: str
    params: Mapping[str, Any]
    query: Sequence[tuple[str, Any]]
    headers: Mapping[str, str]
    language: str
    kind: Kind = "none"
    content: Any = None
    which: int = 0
    visitor: int = 0


def plans(route: Route, callers: Callers) -> st.SearchStrategy[Plan]:
    """Requests to a route, most of them well meant."""
    welcome, everybody = st.sampled_from(callers.welcome(route.rule)), st.sampled_from(list(callers.all))
    bodies, queries = _bodies(route), _queries(route)

    @st.composite
    def made(draw: st.DrawFn) -> Plan:
        dice, which = draw(st.integers(0, 99)), draw(indexes)
        accept, language = draw(st.sampled_from(LANGUAGES))
        kind, content = draw(bodies)
        odd = draw(_odd_headers) if dice % 6 == 0 else {}
        keyed = {"Idempotency-Key": f"key-{which}"} if kind == "json" and dice % 6 == 1 else {}
        return Plan(
            caller=draw(welcome if dice % 5 else everybody),
            method=draw(st.sampled_from(OTHER_METHODS)) if dice in (41, 42) else route.rule.method,
            params={name: draw(_param(name)) for name in route.params},
            query=draw(queries),
            headers={"Accept-Language": accept, **odd, **keyed},
            language=language,
            kind=kind,
            content=content,
            which=which,
            visitor=draw(st.integers(0, 2**24 - 1)),
        )

    return made()


def _param(name: str) -> st.SearchStrategy[Any]:
    known = indexes.map(lambda index: Known(name, index))
    return mostly(known, horrors.texts)


_odd_headers = st.dictionaries(
    st.sampled_from(ODD_HEADERS),
    mostly(st.sampled_from(GOOD_VALUES), horrors.texts, horrors.long_texts, of=5),
    max_size=3,
)


forged = st.builds(Forged, horrors.anything, horrors.plain)


def _queries(route: Route) -> st.SearchStrategy[Sequence[tuple[str, Any]]]:
    right = {name: route.shapes.right(schema, name) for name, schema in route.query.items()}
    names = st.lists(st.sampled_from([*right]), max_size=3, unique=True)

    @st.composite
    def made(draw: st.DrawFn) -> Sequence[tuple[str, Any]]:
        pairs: list[tuple[str, Any]] = []
        for name in draw(names):
            odd = st.one_of(horrors.texts, forged) if name == "after" else horrors.texts
            pairs.append((name, draw(right[name] if draw(st.integers(0, 5)) else odd)))
        if draw(st.integers(0, 24)) == 0:
            pairs.append((draw(horrors.names), draw(horrors.texts)))
        return pairs

    return made()


def _bodies(route: Route) -> st.SearchStrategy[tuple[Kind, Any]]:
    """What stands in the body, and in which way it is sent."""
    if route.rule.method == "GET":
        return st.just(("none", None))
    files, forms = st.tuples(st.just("files"), uploads), st.tuples(st.just("form"), _changes)
    if route.is_page:
        return mostly(files, forms) if route.takes_files else mostly(forms, files)
    if not route.body:
        return mostly(files if route.takes_files else st.just(("none", None)), forms)
    right = near(route.shapes.right(route.body))
    json, spoilt = st.just("json"), st.tuples(st.just("spoilt json"), st.tuples(right, st.integers(0, 7)))
    more = [st.tuples(st.just("file alone"), alone)] * 8 if route.takes_files else []
    return mostly(st.tuples(json, right), spoilt, forms, files, *more, of=20)


GOOD_WORDS: Final = (
    "검토했습니다. 환불해 드립니다.",
    "on",
    "2026-11-19",
    "2026-11-19T09:30",
    "sales",
    "1",
    "",
    "a@example.com",
)
_values = mostly(horrors.texts, st.sampled_from(GOOD_WORDS), horrors.long_texts, of=6)
_change = st.tuples(st.sampled_from(("set", "set", "set", "drop", "twice", "new", "choose")), indexes, _values)
_filled_in = st.tuples(st.just("set"), indexes, st.sampled_from(GOOD_WORDS))
_changes = st.one_of(
    st.just([]),
    st.lists(_filled_in, max_size=6),
    st.lists(_change, min_size=1, max_size=1),
    st.lists(_change, max_size=6),
)
