"""The manifest of intake (접수): the only place that wires it."""

from pathlib import Path

from services.intake.api import (
    answers,
    assigning,
    attachments,
    cards,
    causes,
    exposures,
    imports,
    lookalikes,
    previews,
    products,
    public,
    table_imports,
)
from services.intake.api import complaints as api
from services.intake.api import views as view_api
from services.intake.api.uploads import UPLOAD
from services.intake.consumers import CONSUMERS
from services.intake.domain import searching
from services.intake.domain.acceptance import Deciding
from services.intake.domain.access import Access
from services.intake.domain.attachment import SEALED_FOR as ATTACHMENT
from services.intake.domain.attachment import Attachment
from services.intake.domain.card_rules import CardRules
from services.intake.domain.classify import SHIPPED, ClassificationRules
from services.intake.domain.complaint import Complaint, Contact, Submission
from services.intake.domain.drafts import SEALED_FOR as DRAFT
from services.intake.domain.drafts import CallDraft, PublicDraft
from services.intake.domain.entry import Entry
from services.intake.domain.issue import Improvement, KnownIssue
from services.intake.domain.letter import Letter
from services.intake.domain.products import searching as product_searching
from services.intake.domain.products.exposure import Exposure
from services.intake.domain.products.product import Lot, Product
from services.intake.domain.products.table_import import RefusedRows, TableImport
from services.intake.domain.public_form import PublicForm
from services.intake.domain.recurrence import KnownCause
from services.intake.domain.saved_view import PresetViews, ViewShelf
from services.intake.domain.sight import SightRules
from services.intake.handlers.rebuilding import ISSUES_TELL, mend_issue
from services.intake.jobs import CHORES, TIMERS
from services.intake.pages import (
    accesses,
    bulk,
    call,
    calls,
    card,
    card_forms,
    disclosures,
    filing,
    follow,
    lot_forms,
    palette,
    preview,
    product_forms,
    public_files,
    public_filing,
    queue,
    work,
)
from services.intake.pages import products as product_pages
from services.intake.pages import public as public_form
from services.intake.pages import table_imports as import_pages
from services.intake.pages import views as view_pages
from services.intake.repository.roster import LiveRoster
from services.intake.repository.uow import IntakeUow
from shared.language.hazards.shipped import load_hazards
from shared.privacy.sealed import Sealed
from shared.privacy.vault import PERSON
from shared.rules import find_rules, load_rules
from shared.runtime.derived import Derived
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.search.source import Source
from shared.uploads.kinds import FileKinds


def rules_of(settings: Settings) -> Deciding:
    """Everything that intake decides by, as shipped or as the company's own files say."""
    classification = ClassificationRules.load(load_hazards(settings.rules), settings.rules)
    files = load_rules(find_rules("attachments.yaml", SHIPPED, settings.rules), FileKinds)
    public = load_rules(find_rules("public_form.yaml", SHIPPED, settings.rules), PublicForm)
    conduct = (category.code for category in classification.taxonomy.file.categories if category.about_conduct)
    sight = SightRules.load(conduct, classification.hazards.names, settings.rules)
    views = load_rules(find_rules("views.yaml", SHIPPED, settings.rules), PresetViews)
    return Deciding(classification, CardRules.load(settings.rules, settings.calendar), files, public, sight, views)


WITH_FILES = (attachments, public_files, follow, filing, calls, call)
FORMS = (public_files, public_filing, public_form, follow, preview, filing, calls, call)
"""Pages on which something is filed; fixed addresses stand before those with a name in them."""

CARD = (cards, assigning, causes, answers)
QUEUE = (queue, bulk, view_pages, work, palette, accesses, card, card_forms, disclosures)
CARD_MODELS = (Entry, Letter, KnownIssue, Improvement, KnownCause)

REGISTER = (products, exposures, table_imports)
REGISTER_PAGES = (product_forms, lot_forms, product_pages, import_pages)
REGISTER_MODELS = (Product, Lot, Exposure, TableImport, RefusedRows)

SERVICE = Service(
    name="intake",
    models=(
        *(Complaint, Contact, Submission, Attachment, PublicDraft, CallDraft, Access, ViewShelf),
        *CARD_MODELS,
        *REGISTER_MODELS,
    ),
    uow=IntakeUow,
    load_rules=rules_of,
    routers=(
        api.router,
        *(room.router for room in CARD),
        imports.router,
        attachments.router,
        previews.router,
        lookalikes.router,
        *(room.router for room in REGISTER),
        *(room.pages for room in REGISTER_PAGES),
        public.router,
        *(form.pages for form in FORMS),
        view_api.router,
        *(room.pages for room in QUEUE),
    ),
    policy=(
        *api.POLICY,
        *(row for room in CARD for row in room.POLICY),
        *imports.POLICY,
        *attachments.POLICY,
        *previews.POLICY,
        *lookalikes.POLICY,
        *(row for room in (*REGISTER, *REGISTER_PAGES) for row in room.POLICY),
        *public.POLICY,
        *(row for form in FORMS for row in form.POLICY),
        *view_api.POLICY,
        *(row for room in QUEUE for row in room.POLICY),
    ),
    consumers=CONSUMERS,
    timers=TIMERS,
    chores=CHORES,
    derived=(Derived(KnownIssue, ISSUES_TELL, mend_issue),),
    memory=LiveRoster.of,
    searched=(
        Source(product_searching.KIND, Product, product_searching.entry_of),
        Source(searching.KIND, Complaint, searching.entry_of, newest="filed_at", fields=searching.FIELDS),
    ),
    places=("complaints",),
    limits={
        **dict.fromkeys([path for room in WITH_FILES for path in room.UPLOADS], UPLOAD),
        **table_imports.LIMITS,
        **import_pages.LIMITS,
    },
    sealed=(
        Sealed(Contact.collection, "key", PERSON),
        Sealed(Attachment.collection, "private", ATTACHMENT, {"state": "staged"}),
        Sealed(PublicDraft.collection, "sealed", DRAFT),
        Sealed(CallDraft.collection, "sealed", DRAFT),
    ),
    templates=Path(__file__).parent / "templates",
)
