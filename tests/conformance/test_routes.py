"""Every route of every service has one row in the policy table, and every row a route."""

import pytest

from deploy import registry
from shared.identity.policy import PolicyError, match_rules
from shared.web.table import Table, routes_of


@pytest.mark.parametrize("name", registry.MODULES)
def test_every_route_has_a_row_and_can_be_reached(name: str) -> None:
    service = registry.service(name)
    routes = [route for router in service.routers for route in router.routes]
    table = Table(routes, service.policy)
    for method, path in routes_of(routes):
        assert table.find(method, path).path == path


@pytest.mark.parametrize("name", registry.MODULES)
def test_a_route_whose_row_was_forgotten_is_refused_by_name(name: str) -> None:
    service = registry.service(name)
    routes = routes_of([route for router in service.routers for route in router.routes])
    for forgotten in service.policy:
        rest = [rule for rule in service.policy if rule is not forgotten]
        with pytest.raises(PolicyError, match=f"{forgotten.method} .* has no row"):
            match_rules(routes, rest)


@pytest.mark.parametrize("name", registry.MODULES)
def test_every_address_belongs_to_its_service(name: str) -> None:
    service = registry.service(name)
    places = [f"/{place}" for place in (name, *service.places)]
    for rule in service.policy:
        assert rule.path.startswith(f"/api/{name}/v1/") or any(
            rule.path == place or rule.path.startswith(f"{place}/") for place in places
        ), rule.path
