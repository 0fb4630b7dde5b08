"""What is filed, by whichever way: the one shape that HTTP and topic accept."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from services.intake.domain.harm import Harm
from services.intake.domain.persons import Consent, ContactIn, Day, Moment, Name, Representative, shows_something
from shared.contracts.complaint import Kind
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import Id, In

LONGEST_BODY = 20_000
TITLE_FROM_BODY = 60
"""Characters of the body that make a missing title."""

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Channel = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z_-]{0,39}|1372)$")]
"""By which way it came: web, phone, email, store, api …, `kca`, `1372`. Letters, so that no number hides in it."""
Remedy = Literal[
    "repair", "exchange", "refund", "goodwill", "damages", "rescission", "termination", "performance", "apology",
    "information",
]  # fmt: skip
"""수리 · 교환 · 환급 · 보상 · 배상 · 해제 · 해지 · 이행 · 사과 · 정보 (소비자분쟁해결기준)."""


def _readable(text: str) -> str:
    if not shows_something(text):
        raise wrong(_("There is nothing to read in this; write what happened."))
    return text


class Product(In):
    """The product complained of, as far as it is known."""

    code: Code | None = None
    name: Name | None = None
    lot: Code | None = None
    manufactured_on: Day | None = None
    bought_on: Day | None = None


class Filing(In):
    """A complaint as it is handed in. Only `body` is required.

    `attachments` are ids of files that the same sender uploaded before. `place` is where it happened.
    """

    body: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_BODY),
        AfterValidator(_readable),
    ]
    title: Name | None = None
    kind: Kind = "complaint"
    channel: Channel = "api"
    language: Literal["ko", "en"] | None = None
    product: Product = Field(default_factory=Product)
    harm: Harm = Field(default_factory=Harm)
    remedy_sought: Remedy | None = None
    occurred_at: Moment | None = None
    knowledge_at: Moment | None = None
    place: Name | None = None
    contact: ContactIn | None = None
    representative: Representative | None = None
    consent: Consent | None = None
    attachments: Annotated[list[Id], Field(max_length=20)] = Field(default_factory=list)

    def headline(self) -> str:
        """The title, or the first words of the body."""
        if self.title:
            return self.title
        first = " ".join(self.body.split())
        if len(first) <= TITLE_FROM_BODY:
            return first
        return first[:TITLE_FROM_BODY].rsplit(" ", 1)[0] + "…"

    def private(self) -> dict[str, Any]:
        """What is sealed beside the text: who it is. Injured persons only with consent to keep health data;
        without it their number and the gravest degree stay, as on the complaint itself, and nothing else.
        """
        kept = self.model_dump(
            mode="json", include={"contact", "representative", "harm", "place"}, exclude_defaults=True
        )
        if not (self.consent and self.consent.health):
            kept.get("harm", {}).pop("persons", None)
        return kept
