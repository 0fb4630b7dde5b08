"""Every text that a person reads stands in the Korean catalogue, and the catalogue holds nothing else."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[3]
SOURCES = ("shared", "services", "deploy")
CATALOGUES = sorted((ROOT / "shared" / "language" / "locales" / "ko").glob("*.po"))


def files(pattern: str) -> Iterator[Path]:
    for folder in SOURCES:
        yield from sorted((ROOT / folder).rglob(pattern))


def in_templates() -> Iterator[tuple[str, str]]:
    for path in files("*.html"):
        tree = Environment().parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            match call:
                case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text)), *_rest]):
                    yield text, str(path.relative_to(ROOT))


def in_code() -> Iterator[tuple[str, str]]:
    for path in files("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call | ast.ClassDef):
                for text in [*marked(node), *text_of_refusal(node)]:
                    yield text, str(path.relative_to(ROOT))


def marked(node: ast.AST) -> Iterator[str]:
    """Of `_("…")` and of `Sentence("…")`, which is translated when it is shown."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "Sentence"), args=[text, *_rest]):
            yield from constants(text)


def text_of_refusal(node: ast.AST) -> Iterator[str]:
    """Of `class X(Refused): text = "…"`."""
    for statement in node.body if isinstance(node, ast.ClassDef) and node.bases else ():
        match statement:
            case ast.Assign(targets=[ast.Name(id="text")], value=value):
                yield from constants(value)
            case ast.AnnAssign(target=ast.Name(id="text"), value=ast.expr() as value):
                yield from constants(value)


def constants(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value


@cache
def used() -> dict[str, str]:
    """What is said, and where."""
    return dict([*in_code(), *in_templates()])


@cache
def said() -> list[tuple[str, str]]:
    """What the catalogue holds, in English and in Korean."""
    found: list[tuple[str, str]] = []
    for path in CATALOGUES:
        with path.open("rb") as file:
            found += [(str(entry.id), str(entry.string)) for entry in read_po(file, locale="ko") if entry.id]
    return found


@cache
def korean() -> dict[str, str]:
    return dict(said())


def places(text: str) -> set[str]:
    return {name for _before, name, _form, _conversion in Formatter().parse(text) if name is not None}


def test_what_a_person_reads_has_its_korean() -> None:
    assert {text: place for text, place in used().items() if not korean().get(text)} == {}


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    assert set(korean()) - set(used()) == set()


def test_no_text_is_translated_twice() -> None:
    assert [text for text, times in Counter(text for text, _ in said()).items() if times > 1] == []


def test_both_languages_fill_the_same_places() -> None:
    assert [text for text, written in korean().items() if places(written) != places(text)] == []


def test_texts_are_found_at_all() -> None:
    assert "This field is required." in used()
    assert "Skip to the content" in used()
    assert "Someone else changed this first. Load it again and repeat your change." in used()
