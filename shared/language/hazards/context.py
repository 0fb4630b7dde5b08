"""The words around a hazard's words: what turns them into something else, or takes them back."""

import re
from collections.abc import Iterable

from shared.language.hazards.dictionary import Context
from shared.language.phrases import read_phrase

_WITHIN = 8
_REACH = 25


def _any_of(cues: Iterable[str]) -> str:
    return "|".join(read_phrase(cue, _WITHIN).plain for cue in cues)


def _anywhere(cues: Iterable[str]) -> str:
    """Any of the cues, with a look at the first letter before any of them is tried."""
    phrases = [read_phrase(cue, _WITHIN) for cue in cues]
    known = [phrase for phrase in phrases if "" not in phrase.heads]
    letters = "".join(sorted({re.escape(head[0]) for phrase in known for head in phrase.heads}))
    first = [f"(?=[{letters}])(?:{'|'.join(phrase.plain for phrase in known)})"] if known else []
    return "|".join([*first, *(phrase.plain for phrase in phrases if phrase not in known)])


class Around:
    """Longer words that contain those of a hazard and mean something else."""

    def __init__(self, words: list[str]) -> None:
        self._any = re.compile(_anywhere(words)) if words else None

    def at(self, text: str, start: int, end: int) -> str:
        """The longer words that overlap `text[start:end]`, or "" when there are none."""
        if self._any is None:
            return ""
        near = self._any.finditer(text, max(0, start - _REACH), end + _REACH)
        across = (words.group().strip() for words in near if words.start() < end and start < words.end())
        return next(across, "")


class ContextCue:
    """Cues that stand directly before or after the words of a hazard, or across them."""

    def __init__(self, context: Context) -> None:
        self._before = re.compile(rf"(?:{_any_of(context.before)})\s{{0,2}}\Z") if context.before else None
        self._after = re.compile(rf"\s{{0,2}}(?:{_any_of(context.after)})") if context.after else None
        self._around = Around(context.around)

    def at(self, text: str, start: int, end: int) -> str:
        """The cue's words, or "" when there is none."""
        if self._after and (after := self._after.match(text, end)):
            return after.group().strip()
        if self._before and (before := self._before.search(text, max(0, start - _REACH), start)):
            return before.group().strip()
        return self._around.at(text, start, end)
