"""What every answer has to be like, whatever was asked: pure, so that it is tested on answers that are wrong."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.fuzz.horrors import MARK, MARKUP

HANGUL: Final = re.compile("[가-힣]")
SLOW: Final = 10.0
"""Seconds; an answer is promised within 5 on a machine that is not crowded."""
NEEDED: Final = ("type", "title", "status", "detail", "errors", "correlation_id")
INSIDES: Final = re.compile(
    r"Traceback|\.py\b|pymongo|pydantic|validation error|errors\.pydantic|aiokafka|<class '", re.IGNORECASE
)
WHERE_TO: Final = frozenset({301, 302, 303, 307, 308})
Valid = Callable[[Any], str]
"""What is wrong with a value against a schema, empty when nothing is."""


@dataclass(frozen=True)
class Answer:
    """As it came; names of headers in lower case. Of a stream the body is empty."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def media_type(self) -> str:
        """Without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Asked:
    """What a check knows of the question. `let_in`: what the policy says of who asks, None where it says nothing;
    `declared`: status → check of its JSON, None where OpenAPI says nothing; `wants_page`: a person looks at it.
    """

    method: str
    is_api: bool
    wants_page: bool
    language: str
    let_in: bool | None
    declared: dict[int, Valid] | None


def faults(asked: Asked, answer: Answer) -> Iterator[str]:
    """Everything that is wrong with an answer."""
    if answer.status >= 500:
        yield f"answered {answer.status}"
        return
    if answer.seconds > SLOW:
        yield f"took longer than {SLOW:.0f} s"
    yield from _admission(asked, answer)
    if asked.method in ("HEAD", "OPTIONS", "TRACE", "BREW") or answer.status in WHERE_TO or answer.status == 304:
        return
    if answer.status >= 400:
        yield from _refusal(asked, answer)
    elif asked.declared is not None:
        yield from _success(asked.declared, answer)
    if answer.media_type == "text/html":
        yield from _page(asked, answer)


def _admission(asked: Asked, answer: Answer) -> Iterator[str]:
    refused = answer.status in (401, 403) or "/sign-in" in answer.headers.get("location", "")
    too_much = answer.status in (400, 408, 413, 414, 431)  # refused before anybody looks who asks
    if asked.let_in is False and not refused and not too_much:
        yield f"let somebody in whom the policy does not name ({answer.status})"
    if asked.let_in and answer.status == 401:
        yield "does not know somebody whom it should"


def _refusal(asked: Asked, answer: Answer) -> Iterator[str]:
    if not asked.is_api and answer.media_type == "text/html":
        return
    if asked.wants_page and not asked.is_api:
        yield f"refused a person with {answer.media_type or 'nothing'} instead of a page"
        return
    if answer.media_type != "application/problem+json":
        yield f"refused with {answer.media_type or 'nothing'} instead of problem details"
        return
    yield from _problem(asked, answer)


def _problem(asked: Asked, answer: Answer) -> Iterator[str]:
    said = json.loads(answer.body)
    if missing := [name for name in NEEDED if name not in said]:
        yield f"problem details without {', '.join(missing)}"
        return
    if said["status"] != answer.status:
        yield f"problem details say {said['status']}, the answer {answer.status}"
    if not said["correlation_id"] or said["correlation_id"] != answer.headers.get("x-correlation-id"):
        yield "problem details without the correlation id of the answer"
    for text in (said["title"], said["detail"], *(error["message"] for error in said["errors"])):
        if asked.language == "ko" and not HANGUL.search(text):
            yield f"refused in another language than Korean: {text[:80]!r}"
    if asked.language == "en" and HANGUL.search(said["title"]):
        yield "refused in Korean where English was asked for"
    if MARK in answer.text:
        yield "repeats what was sent in a refusal"
    if found := INSIDES.search(answer.text):
        yield f"shows its inside: {found[0]!r}"


def _success(declared: dict[int, Valid], answer: Answer) -> Iterator[str]:
    if answer.status not in declared:
        yield f"answered {answer.status}, which OpenAPI does not declare"
    elif answer.media_type == "application/json" and (wrong := declared[answer.status](json.loads(answer.body))):
        yield f"an answer that OpenAPI does not describe: {wrong}"


def _page(asked: Asked, answer: Answer) -> Iterator[str]:
    if MARKUP in answer.text:
        yield "markup that somebody sent stands in a page as it is"
    if INSIDES.search(answer.text) and answer.status >= 400:
        yield "shows its inside in a page"
    whole = "<html" in answer.text[:2000]
    if whole and f'lang="{asked.language}"' not in answer.text[:2000]:
        yield f"a page in another language than {asked.language}"
