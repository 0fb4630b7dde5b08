"""How a filing becomes a complaint: masked, classified, routed."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from services.intake.domain.classify import ClassificationRules, ComplaintFacts, classify
from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from shared.errors import Refused
from shared.identity.organisation import Organisation
from shared.language.i18n import _
from shared.privacy.masking import mask

HANGUL = re.compile("[가-힣]")
CLOCKS_DIFFER = timedelta(minutes=5)


class InTheFuture(Refused):
    """A time that has not come yet."""

    text = _("This time lies in the future; give the time at which it happened.")


@dataclass(frozen=True)
class Deciding:
    """The rules by which a complaint is classified and routed."""

    classification: ClassificationRules

    @cached_property
    def category_names(self) -> dict[str, dict[str, str]]:
        """Names by language of every category, by code."""
        return {c.code: c.names.model_dump() for c in self.classification.taxonomy.file.categories}


def future_fields(filing: Filing, now: datetime) -> list[str]:
    """The fields whose time has not come yet."""
    moments = {"occurred_at": filing.occurred_at, "knowledge_at": filing.knowledge_at}
    return [field for field, moment in moments.items() if moment is not None and moment > now + CLOCKS_DIFFER]


def new_complaint(
    id: str,
    number: str,
    filing: Filing,
    filed_by: str | None,
    deciding: Deciding,
    organisation: Organisation,
    now: datetime,
) -> Complaint:
    """The complaint of a filing, with everything decided about it and why."""
    title, body = mask(filing.headline()), mask(filing.body)
    facts = ComplaintFacts(
        title, body, filing.kind, filing.product.code, filing.product.name, harm=filing.harm.summary()
    )
    decided = classify(facts, deciding.classification, organisation)
    return Complaint(
        id=id,
        number=number,
        kind=filing.kind,
        channel=filing.channel,
        title=title,
        body=body,
        language="ko" if HANGUL.search(filing.body) else "en",
        product_code=_masked(filing.product.code),
        product_name=_masked(filing.product.name),
        lot=_masked(filing.product.lot),
        manufactured_on=_day(filing.product.manufactured_on),
        bought_on=_day(filing.product.bought_on),
        remedy_sought=filing.remedy_sought,
        harm=filing.harm.summary(),
        occurred_at=filing.occurred_at,
        knowledge_at=filing.knowledge_at or now,
        filed_at=now,
        filed_by=filed_by,
        category_name=deciding.category_names[decided.category],
        **dict(decided),
    )


def _masked(text: str | None) -> str | None:
    """People write names and numbers into any field."""
    return mask(text) if text else None


def _day(day: date | None) -> str | None:
    """A day as MongoDB can keep it, which knows moments only."""
    return day.isoformat() if day else None
