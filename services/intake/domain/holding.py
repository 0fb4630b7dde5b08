"""A complaint in somebody's hands, among the rules and the people of the company."""

from datetime import datetime

from services.intake.domain.acceptance import Deciding
from services.intake.domain.card import Actor, Card
from services.intake.domain.complaint import Complaint
from shared.identity.organisation import Organisation


def held_by(by: Actor, complaint: Complaint, deciding: Deciding, organisation: Organisation, now: datetime) -> Card:
    """The card of a complaint as this one has it before them."""
    office = deciding.classification.routing.cs_office
    return Card(complaint, by, now, organisation, office, deciding.sight.about_conduct)
