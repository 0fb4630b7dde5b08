"""CPU that one complaint costs over all services at 100 requests a second, and what of it hazards and rules are."""

from functools import partial
from time import thread_time
from typing import Final

from bench.company import Served, company
from bench.complaint_texts import complaints
from bench.figures import Figure, at_most
from bench.live import complaint
from bench.pace import pace
from bench.processes import cpu_seconds
from bench.stand import Stand
from services.intake.domain.classify import ClassificationRules, ComplaintFacts, classify
from shared.identity.organisation import load_organisation
from shared.language.hazards.shipped import load_hazards

RATE, WARM, SECONDS = 100.0, 10.0, 30.0
TEXTS: Final = 5_000
"""Different ones: of the last some thousands the hazards are remembered."""


async def measure(stand: Stand) -> list[Figure]:
    """Every service as a process of its own, all that it does in half a minute counted, its idle work too."""
    with company(stand) as services:
        await pace(services["intake"].port, partial(complaint, "W", stand.key), RATE, WARM)
        before = _spent(services)
        answered = await pace(services["intake"].port, partial(complaint, "M", stand.key), RATE, SECONDS)
        after = _spent(services)
    if wrong := [each.status for each in answered if each.status != 201]:
        raise RuntimeError(f"{len(wrong)} were refused: {wrong[0]}")
    each = {name: 1000 * (after[name] - before[name]) / len(answered) for name in services}
    return [
        at_most("CPU of a complaint over all services at 100/s", sum(each.values()), "ms", 5),
        *(Figure(f"of it {name}", spent, "ms") for name, spent in each.items()),
        at_most("of it hazards and rules", _decided(), "ms", 0.2),
    ]


def _spent(services: dict[str, Served]) -> dict[str, float]:
    return {name: cpu_seconds(served.pid) for name, served in services.items()}


def _decided() -> float:
    """Milliseconds to classify one of many texts with the shipped rules, hazards included."""
    rules, organisation = ClassificationRules.load(load_hazards()), load_organisation()
    texts = [ComplaintFacts(row["title"], row["body"], product_code="P-1") for row in complaints(2 * TEXTS)]
    for facts in texts[:TEXTS]:
        classify(facts, rules, organisation)
    begun = thread_time()
    for facts in texts[TEXTS:]:
        classify(facts, rules, organisation)
    return 1000 * (thread_time() - begun) / TEXTS
