"""Whether texts answer a question, read directly: for what one reader sees of a document that the index has found."""

from collections.abc import Sequence

from shared.search.grams import EDGE, line_of
from shared.search.question import Question, Term


def answers(question: Question, texts: Sequence[str]) -> bool:
    """Whether everything wanted stands in one or another of the texts, and nothing unwanted does."""
    lines = [line_of(text) for text in texts if text]
    return all(_stands(term, lines, question) for term in question.wanted) and not any(
        _stands(term, lines, question) for term in question.unwanted
    )


def _stands(term: Term, lines: Sequence[str], question: Question) -> bool:
    return any(form in line for form in written(term, question) for line in lines)


def written(term: Term, question: Question) -> list[str]:
    """What a line has to hold, one of these: the term in any form; a single letter where a word begins or ends."""
    if question.begins:
        return [EDGE + form for form in term.forms()]
    if len(term.text) == 1 and not question.inside:
        return [EDGE + term.text, term.text + EDGE]
    return list(term.forms())
