"""A `Because` as a sentence for people: what decided, by which words or figures, under which rule."""

from typing import Final

from shared.contracts.because import Because
from shared.language.i18n import _, translate

BY_RULE: Final = {
    "playbook.unanswered": _("Nobody acknowledged within {threshold} seconds"),
    "harm.stated": _("Harm was stated by the one who complained"),
    "grouping.same-series": _("Same product and same problem"),
    "category.fallback": _("Nothing in the text points to a category"),
}
BY_KIND: Final = {
    "none_of_these": _("No rule for more holds"),
    "category": _("The text speaks of it"),
    "route": _("The routing rules call on this department"),
    "severity": _("A rule of severity holds"),
    "complexity": _("A rule of complexity holds"),
    "impact": _("A rule of impact holds"),
    "immediate": _("A rule of urgency holds"),
}
"""By the last part of a rule's name, else by its first."""
READ_AS: Final = {
    "happened": _("it happened"),
    "near_miss": _("it nearly happened"),
    "concern": _("it is feared or asked about"),
}
WORDS: Final = _("words: {words}")
RULE: Final = _("rule {rule}, version {version}")


def sentence(reason: Because, language: str, lead: str | None = None) -> str:
    """The reason as a sentence; `lead` is a rule's own text where it has one."""
    parts = [lead or _lead(reason, language)]
    if reason.words:
        quoted = ", ".join(f"“{word}”" for word in dict.fromkeys(reason.words))
        parts.append(translate(WORDS, language, words=quoted))
    parts.append(translate(RULE, language, rule=reason.rule, version=reason.version))
    return " · ".join(part for part in parts if part)


def _lead(reason: Because, language: str) -> str:
    kind, _dot, name = reason.rule.partition(".")
    read_as = str(reason.inputs.get("read_as", ""))
    known = BY_RULE.get(reason.rule) or BY_KIND.get(name) or BY_KIND.get(kind) or READ_AS.get(read_as)
    return translate(known, language, threshold=reason.threshold) if known else ""
