"""Which events alerts takes, and by which handler."""

from services.alerts.handlers.complaints import follow_classification, is_another_category, weigh_complaint
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.messaging.consumer import on

CONSUMERS = [
    on(ComplaintCreated, weigh_complaint),
    on(ComplaintClassified, follow_classification, concerns=is_another_category, unhurried=True),
]
