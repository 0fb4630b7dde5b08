"""The taxonomy: what complaints are about, as data, and what the words of one text point to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shared.language.phrases import Words, read_phrase
from shared.language.scanner import Scanner
from shared.language.text import fold
from shared.rules import Names, RulesFile, RulesPart, load_rules

Weight = Annotated[int, Field(ge=1, le=10)]


class Category(RulesPart):
    """What a complaint may be about. `words` by weight; `hazards` are weights of hazard kinds.

    `about_conduct`: it is about how an employee behaved, and not for everybody's eyes (`sight.py`).
    """

    code: str
    names: Names
    about_conduct: bool = False
    hazards: dict[str, Weight] = Field(default_factory=dict)
    words: dict[Weight, list[Words]]


class ProductLine(RulesPart):
    """A line of products and the words that tell of it."""

    code: str
    names: Names
    words: list[Words]


class Topic(RulesPart):
    """Words that other rules ask for by the topic's code."""

    code: str
    words: list[Words]


class TaxonomyFile(RulesFile):
    """The shape of `taxonomy.yaml`."""

    within: int = Field(ge=1, le=20)
    title_factor: float = Field(ge=1)
    concern_factor: float = Field(ge=0, le=1)
    prior: float = Field(gt=0)
    fallback: str
    categories: list[Category] = Field(min_length=1)
    product_lines: list[ProductLine] = Field(default_factory=list)
    topics: list[Topic] = Field(default_factory=list)

    @model_validator(mode="after")
    def _codes_fit(self) -> Self:
        codes = [category.code for category in self.categories]
        if self.fallback not in codes:
            raise ValueError(f'fallback: "{self.fallback}" is no category; one of {", ".join(codes)}')
        twice = {code for code in codes if codes.count(code) > 1}
        if twice:
            raise ValueError(f"categories: used twice: {', '.join(sorted(twice))}")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class _Sign:
    """What a phrase tells of; each is only equal to itself."""

    of: Literal["category", "line", "topic"]
    code: str
    weight: float
    phrase: str


@dataclass
class Evidence:
    """What the words of a text speak for; `words` and `topics` hold them as written."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    topics: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Taxonomy:
    """The taxonomy, compiled once."""

    def __init__(self, file: TaxonomyFile) -> None:
        self.file = file
        self.places = {category.code: place for place, category in enumerate(file.categories)}
        self.lines = frozenset(line.code for line in file.product_lines)
        self._scanner = Scanner((read_phrase(sign.phrase, file.within), sign) for sign in _signs(file))

    @classmethod
    def load(cls, path: Path) -> "Taxonomy":
        """Compile the file at `path`. Raises RulesError."""
        return cls(load_rules(path, TaxonomyFile))

    def read(self, title: str, body: str) -> Evidence:
        """What the words of title and body speak for; a phrase counts once, more if in the title."""
        text = fold(f"{title}\n{body}")
        evidence = Evidence()
        counted: set[_Sign] = set()
        for sign, start, end, _ in self._scanner.hits(text.text):
            if sign in counted:
                continue
            counted.add(sign)
            word = text.as_written(start, end).strip()
            if sign.of == "category":
                evidence.weights[sign.code] += sign.weight * self._factor(start, title)
                evidence.words[sign.code].append(word)
            elif sign.of == "topic":
                evidence.topics[sign.code].append(word)
            else:
                evidence.lines[sign.code] += 1
        return evidence

    def _factor(self, start: int, title: str) -> float:
        return self.file.title_factor if start < len(title) else 1.0

    def line_of(self, stated: str | None, product_name: str | None, evidence: Evidence) -> str:
        """The line: stated, else by the product's name, else by the text, else "unknown"; of equals the first."""
        if stated in self.lines:
            return str(stated)
        named = self.read(product_name, "").lines if product_name else {}
        words = named or evidence.lines
        likely = [line.code for line in self.file.product_lines if words.get(line.code)]
        return max(likely, key=lambda code: words[code], default="unknown")


def _signs(file: TaxonomyFile) -> Iterator[_Sign]:
    for category in file.categories:
        for weight, words in category.words.items():
            yield from (_Sign("category", category.code, weight, phrase) for phrase in words)
    for line in file.product_lines:
        yield from (_Sign("line", line.code, 1, phrase) for phrase in line.words)
    for topic in file.topics:
        yield from (_Sign("topic", topic.code, 1, phrase) for phrase in topic.words)
