"""The documents: what they quote is what the code says, and what they point to is there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.intake.domain.filing import Filing
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.submission import ComplaintSubmitted

ROOT = Path(__file__).parents[3]
PAGES = sorted(
    page for place in ("*.md", "docs/**/*.md", "services/*/*.md", "shared/*.md") for page in ROOT.glob(place)
)
EVENTS = ROOT / "docs" / "events.md"

_FENCE = re.compile(r"^```(\w+) ?([\w.]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def quoted(language: str) -> list[tuple[str, str]]:
    """Blocks of the events page: what stands behind the language, and the text."""
    return [(about, text) for kind, about, text in _FENCE.findall(EVENTS.read_text("utf-8")) if kind == language]


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in _LINK.findall(page.read_text("utf-8")):
            yield page, target


@pytest.mark.parametrize(("topic", "text"), quoted("json"), ids=lambda value: value[:30])
def test_an_event_in_the_documents_is_one_of_its_topic(topic: str, text: str) -> None:
    model = CATALOGUE[topic].model
    said = model.model_validate_json(text, strict=True)
    assert set(model.model_fields) == said.model_fields_set


def test_the_complaint_in_the_documents_would_be_accepted() -> None:
    (text,) = [text for topic, text in quoted("json") if topic == ComplaintSubmitted.type]
    filing = Filing.model_validate_json(json.dumps(ComplaintSubmitted.model_validate_json(text).complaint))
    assert filing.contact is not None


def test_python_in_the_documents_stands_in_an_example() -> None:
    examples = "".join(path.read_text("utf-8") for path in (ROOT / "examples").glob("*.py"))
    blocks = [text for _, text in quoted("python")]
    assert blocks
    assert [text for text in blocks if text not in examples] == []


def test_what_the_documents_point_to_is_there() -> None:
    astray = [(str(page.relative_to(ROOT)), to) for page, to in links() if not (page.parent / to).exists()]
    assert astray == []
