"""Values that nobody expects and somebody sends, and the places of a value that they are put into."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from hypothesis import strategies as st

MARK: Final = "zqxw7"
"""Stands in values that look like somebody's data: no refusal may repeat it."""
MARKUP: Final = "<script>zq('x')</script>"
"""Must never stand in a page as it is here."""

LONG: Final = (
    "가" * 20_001,
    "x" * 300_000,
    "x" * 1_100_000,
    "\u202e" * 5_000,
    "e" + "\u0301" * 3_000,
    "👨‍👩‍👧‍👦" * 800,
)
TEXTS: Final = (
    "", " ", "\t\r\n", "\x00", "a\x00b", "\ud800", "a\udfffb", "\ufeff", "\uffff", "\u2028", "\u200b\u200d",
    "\u202e드라이기", "﷽", "İıſß", "ａｂｃ１", "١٢٣", "ㄱㅏ", "각", "𝕳𝖊", "👩‍🚒", "%", "%00", "%s%n", "{0}",
    "{name}", "{{ 7*7 }}", "${jndi:x}", "../../etc/passwd", "..\\x", "/", "//evil.example", "javascript:x",
    '{"$gt": ""}', "$where", "a.b", "__proto__", "' OR 1=1 --", MARKUP, f'"><img src=x onerror={MARK}>', "=1+1",
    "\r\nSet-Cookie: a=b", "null", "true", "NaN", "-0", "1e400", "0x10", "9" * 40, "1", "0", "-1", "1.5",
    "2026-02-30", "24:61", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2026-11-19T08:00:00", "2026-11-19T08:00:00+99:00", "W10", "=", "[]", "a" * 300, "가" * 201,
    f"홍길동 {MARK} 010-0000-0000", f"{MARK}@example.com", f"서울시 중구 세종대로 110 {MARK}", ".", "..", "-", "_",
    "@", "~", "*", "()", "(" * 60, "\\", "\\u0000", "&amp;", "+", ";", ",", "|", '"', "`",
)  # fmt: skip
NUMBERS: Final = (
    0,
    -1,
    1,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    2**64,
    10**30,
    10**400,
    0.5,
    -0.0,
    1e308,
    float("nan"),
)

NAMES: Final = tuple(text for text in TEXTS if MARK not in text)
"""Of fields: a refusal says which field is wrong."""

names = st.sampled_from(NAMES)


@st.composite
def mostly(draw: st.DrawFn, usual: st.SearchStrategy[Any], *others: st.SearchStrategy[Any], of: int = 10) -> Any:
    """One draw in so many is from each of the others: `one_of` would give all the same share."""
    place = draw(st.integers(0, of - 1))
    return draw(others[place] if place < len(others) else usual)


texts = mostly(st.sampled_from(TEXTS), st.text(max_size=30), of=3)
long_texts = st.sampled_from(LONG)
numbers = st.sampled_from(NUMBERS)
plain = mostly(texts, st.none(), st.booleans(), numbers, of=5)
anything = st.one_of(
    plain,
    st.lists(plain, max_size=3),
    st.dictionaries(names, plain, max_size=3),
    st.sampled_from(({"$gt": ""}, [[[[]]]], [{}] * 150, {"": ""})),
)
"""Any JSON value, mostly small and unfriendly."""

Path = tuple[str | int, ...]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The place of every part of a JSON value, the outermost last."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from paths(one, (*path, name))
    yield path


@st.composite
def spoilt(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value with one part replaced, left out, added or wrapped."""
    path = draw(st.sampled_from(list(paths(value))))
    how = draw(st.sampled_from(("replaced", "replaced", "long", "without", "more", "wrapped")))
    new = draw(long_texts if how == "long" else anything)
    if not path:
        return {**value, draw(names): new} if how == "more" and isinstance(value, dict) else new
    whole = deepcopy(value)
    _change(whole, path, how, new, draw(names))
    return whole


def _change(whole: Any, path: Path, how: str, new: Any, name: str) -> None:
    at = whole
    for step in path[:-1]:
        at = at[step]
    last: Any = path[-1]
    if how == "without":
        del at[last]
    elif how == "more" and isinstance(at, dict):
        at[name] = new
    else:
        at[last] = [at[last]] if how == "wrapped" else new


def json_bytes(value: Any, escaped: bool = True) -> bytes:
    """JSON as a careless program writes it: NaN, surrogates and doubled names get through."""
    return json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


def spoil_bytes(content: bytes, how: int) -> bytes:
    """The bytes cut, doubled, marked or disturbed; `how` from 0 to 7."""
    half = len(content) // 2
    changed = (
        content[:half],
        content + content,
        b"\xef\xbb\xbf" + content,
        content[:half] + b"\xff\xfe\x00" + content[half:],
        content.replace(b'"', b"'"),
        b"[" * 30_000 + content,
        content.decode("utf-8", "replace").encode("utf-16"),
        b"\x00" + content,
    )
    return changed[how % len(changed)]
