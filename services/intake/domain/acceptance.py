"""How a filing becomes a complaint: masked, classified, routed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.intake.domain.classify import Classification, ClassificationRules, ComplaintFacts, classify
from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from shared.errors import Refused
from shared.identity.organisation import Organisation
from shared.language.i18n import _
from shared.language.text import language_of
from shared.privacy.masking import mask

CLOCKS_DIFFER = timedelta(minutes=5)


class InTheFuture(Refused):
    """A time that has not come yet."""

    text = _("This time lies in the future; give the time at which it happened.")


@dataclass(frozen=True)
class Deciding:
    """The rules by which a complaint is classified and routed."""

    classification: ClassificationRules
    organisation: Organisation


def future_fields(filing: Filing, now: datetime) -> list[str]:
    """The fields whose time has not come yet."""
    moments = {"occurred_at": filing.occurred_at, "knowledge_at": filing.knowledge_at}
    return [field for field, moment in moments.items() if moment is not None and moment > now + CLOCKS_DIFFER]


def new_complaint(
    id: str, number: str, filing: Filing, filed_by: str | None, deciding: Deciding, now: datetime
) -> Complaint:
    """The complaint of a filing, with everything decided about it and why."""
    title, body = mask(filing.headline()), mask(filing.body)
    decided = _decide(filing, title, body, deciding)
    return Complaint(
        id=id,
        number=number,
        kind=filing.kind,
        channel=filing.channel,
        title=title,
        body=body,
        language=language_of(filing.body),
        product_code=filing.product.code,
        product_name=filing.product.name,
        lot=filing.product.lot,
        remedy_sought=filing.remedy_sought,
        harm=filing.harm.summary(),
        occurred_at=filing.occurred_at,
        knowledge_at=filing.knowledge_at or now,
        filed_at=now,
        filed_by=filed_by,
        **decided.model_dump(),
    )
