"""How a filing becomes a complaint: masked, classified, routed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from services.intake.domain.card_rules import CardRules
from services.intake.domain.classify import Classification, ClassificationRules, ComplaintFacts, classify
from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.domain.lookalikes import LookalikeRules
from services.intake.domain.products.columns import TableRules
from services.intake.domain.products.registered import Registered
from services.intake.domain.public_form import PublicForm
from services.intake.domain.saved_view import PresetViews
from services.intake.domain.sight import SightRules
from shared.errors import Refused
from shared.identity.organisation import Organisation
from shared.language.i18n import _
from shared.privacy.masking import mask
from shared.uploads.kinds import FileKinds

HANGUL = re.compile("[가-힣]")
CLOCKS_DIFFER = timedelta(minutes=5)


class InTheFuture(Refused):
    """A time that has not come yet."""

    text = _("This time lies in the future; give the time at which it happened.")


@dataclass(frozen=True)
class Deciding:
    """The rules by which a complaint is taken in, classified and routed, and by which its card goes on."""

    classification: ClassificationRules
    card: CardRules
    attachments: FileKinds
    public: PublicForm
    sight: SightRules
    views: PresetViews
    lookalikes: LookalikeRules = field(default_factory=LookalikeRules.load)
    tables: TableRules = field(default_factory=TableRules.load)

    @cached_property
    def category_names(self) -> dict[str, dict[str, str]]:
        """Names by language of every category, by code."""
        return {c.code: c.names.model_dump() for c in self.classification.taxonomy.file.categories}


def future_fields(filing: Filing, now: datetime) -> list[str]:
    """The fields whose time has not come yet."""
    agreed_at = filing.consent.at if filing.consent else None
    moments = {"occurred_at": filing.occurred_at, "knowledge_at": filing.knowledge_at, "consent.at": agreed_at}
    return [field for field, moment in moments.items() if moment is not None and moment > now + CLOCKS_DIFFER]


def weigh(
    filing: Filing, deciding: Deciding, organisation: Organisation, known: Registered | None = None
) -> Classification:
    """What the rules say of a filing, with reasons; before it is filed too, for who writes it."""
    return _decided(mask(filing.headline()), mask(filing.body), filing, known, deciding, organisation)


def _decided(
    title: str, body: str, filing: Filing, known: Registered | None, deciding: Deciding, organisation: Organisation
) -> Classification:
    """What the rules say of masked texts."""
    product, harm = known or filing.product, filing.harm.summary()
    line = known.line if known else None
    facts = ComplaintFacts(title, body, filing.kind, product.code, product.name, line, harm)
    return classify(facts, deciding.classification, organisation)


def new_complaint(
    id: str,
    number: str,
    filing: Filing,
    filed_by: str | None,
    deciding: Deciding,
    organisation: Organisation,
    now: datetime,
    known: Registered | None = None,
) -> Complaint:
    """The complaint of a filing, with everything decided about it and why. `known` is its product in the register."""
    title, body = mask(filing.headline()), mask(filing.body)
    decided = _decided(title, body, filing, known, deciding, organisation)
    product, said = known or filing.product, filing.product.name
    return Complaint(
        id=id,
        number=number,
        kind=filing.kind,
        channel=filing.channel,
        title=title,
        body=body,
        language=filing.language or ("ko" if HANGUL.search(filing.body) else "en"),
        product_code=_masked(product.code),
        product_name=_masked(product.name),
        product_said=_masked(said) if said != product.name else None,
        product_line=known.line if known else None,
        lot=_masked(filing.product.lot),
        manufactured_on=_day(filing.product.manufactured_on),
        bought_on=_day(filing.product.bought_on),
        remedy_sought=filing.remedy_sought,
        harm=filing.harm.summary(),
        occurred_at=filing.occurred_at,
        place=_masked(filing.place),
        represented_by=filing.representative.relation if filing.representative else None,
        knowledge_at=filing.knowledge_at or now,
        filed_at=now,
        filed_by=filed_by,
        category_name=deciding.category_names[decided.category],
        **vars(decided),
    )


def _masked(text: str | None) -> str | None:
    """People write names and numbers into any field."""
    return mask(text) if text else None


def _day(day: date | None) -> str | None:
    """A day as MongoDB can keep it, which knows moments only."""
    return day.isoformat() if day else None
