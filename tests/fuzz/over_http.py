"""HTTP: every route of every service in turn, several times over, so that what was made is used later."""

from typing import Final

from shared.contracts.catalogue import CATALOGUE
from shared.identity.organisation import load_organisation
from tests.fuzz.asking import Desk
from tests.fuzz.plans import Plan, plans
from tests.fuzz.routes import Route
from tests.fuzz.running import run
from tests.fuzz.seen import Known

ROUNDS: Final = 3
LEAST: Final = 8
"""Cases of a route in a round: the first ones that are drawn are the simplest."""
LAST: Final = ("/blocks", "/departures", "/endings", "/session-endings", "/revocations", "/closings", "/applications")
"""What ends something comes at the end of a round."""


def fuzz(desk: Desk, cases: int, seed: object) -> None:
    """So many cases, each route its share."""
    tell_what_everybody_knows(desk)
    routes = sorted(desk.asked, key=lambda route: (route.rule.path.endswith(LAST), route.rule.method != "GET"))
    rounds = max(1, min(ROUNDS, share(desk, cases) // LEAST))
    for number in range(rounds):
        look_around(desk)
        for route in routes:
            ask(desk, route, -(-share(desk, cases) // rounds), f"{seed}/{number}")


def share(desk: Desk, cases: int) -> int:
    """How many of so many cases each route gets."""
    return -(-cases // max(1, len(desk.asked)))


def look_around(desk: Desk) -> None:
    """Open everything that can be opened, as somebody who may: what is there can then be asked for by its name."""
    for _ in range(2):
        for route in desk.routes.all:
            if route.rule.method == "GET" and not route.is_stream:
                params = {name: Known(name, 0) for name in route.params}
                caller = desk.pen.callers.welcome(route.rule)[-1]
                desk.ask(route, Plan(caller, "GET", params, (), {"Accept-Language": "ko"}, "ko"))


def look_again(desk: Desk, seed: object) -> None:
    """Open everything once more, now that strange things were told on topics."""
    look_around(desk)
    for route in desk.asked:
        if route.rule.method == "GET":
            ask(desk, route, LEAST, f"{seed}/again")


def ask(desk: Desk, route: Route, cases: int, seed: object) -> None:
    """So many cases of one route."""
    run(route.name, cases, seed, plans(route, desk.pen.callers), lambda plan: desk.ask(route, plan))


def tell_what_everybody_knows(desk: Desk) -> None:
    """Names that no answer tells: topics, departments, people who do not ask."""
    organisation, hear = load_organisation(), desk.pen.seen.hear
    for topic in CATALOGUE:
        hear("topic", topic)
    for department in organisation.departments:
        hear("department", department.code)
    for person in organisation.people:
        hear("person_id", person.id)
        hear("assignee", person.id)
    for kind in ("products", "lots", "exposures"):
        hear("kind", kind)
