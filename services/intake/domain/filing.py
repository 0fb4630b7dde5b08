"""What is filed, by whichever way: the one shape that HTTP and topic accept."""

from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from shared.contracts.complaint import HarmSummary, Kind
from shared.language.i18n import _
from shared.language.text import fold
from shared.web.field_errors import wrong
from shared.web.shapes import In, Line

LONGEST_BODY = 20_000
TITLE_FROM_BODY = 60
"""Characters of the body that make a missing title."""

EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_TOO_EARLY: Final = _("This time lies before {year}; give the time at which it happened.")


def _no_earlier(moment: datetime) -> datetime:
    if moment < EARLIEST:
        raise wrong(_TOO_EARLY, year=EARLIEST.year)
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_no_earlier)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Channel = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z_-]{0,39}|1372)$")]
"""By which way it came: web, phone, email, store, api …, `kca`, `1372`. Letters, so that no number hides in it."""
Remedy = Literal[
    "repair", "exchange", "refund", "goodwill", "damages", "rescission", "termination", "performance", "apology",
    "information",
]  # fmt: skip
"""수리 · 교환 · 환급 · 보상 · 배상 · 해제 · 해지 · 이행 · 사과 · 정보 (소비자분쟁해결기준)."""


def _readable(text: str) -> str:
    if not fold(text).text.strip():
        raise wrong(_("There is nothing to read in this; write what happened."))
    return text


class Product(In):
    """The product complained of, as far as it is known."""

    code: Code | None = None
    name: Line | None = None
    lot: Code | None = None
    manufactured_on: date | None = None
    bought_on: date | None = None


class InjuredPerson(In):
    """One person who was hurt. Sealed with the contact; others see numbers only."""

    injury: Line | None = None
    treated: bool = False
    weeks: Annotated[int, Field(ge=0, le=520)] = 0
    death: bool = False


class Harm(In):
    """What happened to people and things (제품안전기본법 13조의2 asks for it)."""

    persons: Annotated[list[InjuredPerson], Field(max_length=100)] = Field(default_factory=list)
    fire_or_explosion: bool = False
    property_damage: bool = False

    def summary(self) -> HarmSummary:
        """Numbers only: nothing that tells who."""
        return HarmSummary(
            injured=sum(not p.death for p in self.persons),
            treated=sum(p.treated for p in self.persons),
            deaths=sum(p.death for p in self.persons),
            longest_treatment_weeks=max((p.weeks for p in self.persons), default=0),
            fire_or_explosion=self.fire_or_explosion,
            property_damage=self.property_damage,
        )


class ContactIn(In):
    """How to reach the one who complains. Sealed at once; in no event, log or list."""

    name: Line | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ().-]{5,30}$")] | None = None
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,255}$")] | None = None


class Filing(In):
    """A complaint as it is handed in. Only `body` is required."""

    body: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_BODY),
        AfterValidator(_readable),
    ]
    title: Line | None = None
    kind: Kind = "complaint"
    channel: Channel = "api"
    product: Product = Field(default_factory=Product)
    harm: Harm = Field(default_factory=Harm)
    remedy_sought: Remedy | None = None
    occurred_at: Moment | None = None
    knowledge_at: Moment | None = None
    contact: ContactIn | None = None

    def headline(self) -> str:
        """The title, or the first words of the body."""
        if self.title:
            return self.title
        first = " ".join(self.body.split())
        if len(first) <= TITLE_FROM_BODY:
            return first
        return first[:TITLE_FROM_BODY].rsplit(" ", 1)[0] + "…"
