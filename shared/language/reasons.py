"""A `Because` as a sentence for people: what decided, by which words or figures, under which rule."""

from typing import Final

from shared.contracts.because import Because
from shared.language.i18n import _, translate

BY_RULE: Final = {
    "playbook.unanswered": _("Nobody acknowledged within {threshold} seconds"),
    "harm.stated": _("Harm was stated by the one who complained"),
    "grouping.same-series": _("Same product and same problem"),
}
WORDS: Final = _("words: {words}")
RULE: Final = _("rule {rule}, version {version}")


def sentence(reason: Because, language: str, lead: str | None = None) -> str:
    """The reason as a sentence; `lead` is a rule's own text where it has one."""
    known = BY_RULE.get(reason.rule)
    lead = lead or (translate(known, language, threshold=reason.threshold) if known else None)
    parts = [lead] if lead else []
    if reason.words:
        quoted = ", ".join(f"“{word}”" for word in dict.fromkeys(reason.words))
        parts.append(translate(WORDS, language, words=quoted))
    parts.append(translate(RULE, language, rule=reason.rule, version=reason.version))
    return " · ".join(parts)
