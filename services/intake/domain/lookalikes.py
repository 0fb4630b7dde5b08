"""Look-alikes: complaints that are likely about the same as one that is being written, how likely, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from services.intake.domain.complaint import Complaint
from shared.contracts.because import Because
from shared.rules import RulesFile, find_rules, load_rules
from shared.search.grams import words_of

SHIPPED: Final = Path(__file__).parents[1] / "rules"
RULE: Final = "lookalike.text"
_STEM: Final = 2
Share = Annotated[float, Field(ge=0, le=1)]


class LookalikeRules(RulesFile):
    """The shape of `lookalikes.yaml`; the file says what each figure means."""

    threshold: Share
    candidates: int = Field(ge=1, le=100)
    within_days: int = Field(ge=1, le=3650)
    shortest: int = Field(ge=2, le=100)
    same_product: Share
    other_product: Share
    words: int = Field(ge=0, le=20)

    @classmethod
    def load(cls, override: Path | None = None) -> "LookalikeRules":
        """The shipped rules, or those of the same name in the folder `override`. Raises RulesError."""
        return load_rules(find_rules("lookalikes.yaml", SHIPPED, override), cls)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written: the text, masked, and the product's code if it is known."""

    text: str
    product_code: str | None = None


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A complaint that is likely about the same; `score` from 0 to 1."""

    complaint: Complaint
    score: float
    because: Because


def text_of(complaint: Complaint) -> str:
    """The text of a complaint that is compared."""
    return (
        complaint.body
        if complaint.body.startswith(complaint.title.rstrip("…"))
        else f"{complaint.title}\n{complaint.body}"
    )


def weigh(
    draft: Draft,
    complaint: Complaint,
    likeness: float,
    rarity: Mapping[str, float],
    rules: LookalikeRules,
    now: datetime,
) -> Lookalike | None:
    """What a likeness of texts comes to with the products and the days between; None below the threshold."""
    days = abs((now - complaint.filed_at).days)
    same = _same_product(draft, complaint)
    score = likeness
    if same is not None:
        score = likeness + (1 - likeness) * rules.same_product if same else likeness * rules.other_product
    if score < rules.threshold or days > rules.within_days:
        return None
    inputs: dict[str, str | int | float | bool] = {"score": round(score, 2), "days": days}
    if same is not None:
        inputs["same_product"] = same
    words = shared_words(draft.text, text_of(complaint), rarity)[: rules.words]
    because = Because(rule=RULE, version=rules.version, inputs=inputs, threshold=rules.threshold, words=words)
    return Lookalike(complaint, round(score, 3), because)


def _same_product(draft: Draft, complaint: Complaint) -> bool | None:
    """Whether both are about one product; None when either does not say."""
    if not draft.product_code or not complaint.product_code:
        return None
    return draft.product_code.casefold() == complaint.product_code.casefold()


def shared_words(text: str, other: str, rarity: Mapping[str, float]) -> list[str]:
    """Words that both have, those that tell most first: of each word as much as stands in the other text."""
    there = " ".join(words_of(other))
    stems = {stem for word in words_of(text) if (stem := _stem(word, there))}
    longest = [stem for stem in stems if not any(stem != more and stem in more for more in stems)]
    return sorted(longest, key=lambda stem: (-_weight(stem, rarity), stem))


def _stem(word: str, there: str) -> str:
    """The longest beginning of a word that stands in a text, "" when it is shorter than two letters."""
    if word.isascii():
        return word if len(word) > _STEM and word in there else ""
    length = next((n for n in range(len(word), _STEM - 1, -1) if word[:n] in there), 0)
    return word[:length]


def _weight(stem: str, rarity: Mapping[str, float]) -> float:
    return sum(rarity.get(stem[at : at + 2], 0.0) for at in range(len(stem) - 1))
