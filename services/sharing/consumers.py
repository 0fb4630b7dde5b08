"""Which events sharing takes, and by which handler: none of its own so far."""

from shared.messaging.consumer import On

CONSUMERS: list[On] = []
