"""What OpenAPI says of every service can be read: nothing points nowhere, and the page of it can be drawn."""

import json
import re

import pytest

from deploy import registry
from shared.web.docs_view import routes_shown
from shared.web.openapi import describe_routes

_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


@pytest.mark.parametrize("name", registry.MODULES)
def test_the_description_of_a_service_points_nowhere_else(name: str) -> None:
    service = registry.service(name)
    document = describe_routes(name, service.routers, service.policy)
    assert set(_REFERENCE.findall(json.dumps(document))) <= document["components"]["schemas"].keys()


@pytest.mark.parametrize("name", registry.MODULES)
def test_the_page_of_a_service_shows_every_route_that_programs_use(name: str) -> None:
    service = registry.service(name)
    shown = routes_shown(describe_routes(name, service.routers, service.policy), "http://127.0.0.1")
    for_programs = {rule.path for rule in service.policy if rule.path.startswith("/api/")}
    assert for_programs == {route.path for route in shown}
