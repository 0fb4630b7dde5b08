"""The description of the API is right, complete, and says who may."""

import shlex

import httpx

from shared.web.docs_view import routes_shown

OPENAPI = "/api/sample/v1/openapi.json"
DOCS = "/api/sample/v1/docs"


async def test_the_description_knows_shapes_refusals_keys_and_roles(agent: httpx.AsyncClient) -> None:
    document = (await agent.get(OPENAPI)).json()
    filing = document["paths"]["/api/sample/v1/cases"]["post"]
    reference = filing["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    shape = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert shape["required"] == ["body"]
    assert shape["additionalProperties"] is False
    assert filing["responses"]["201"]["content"]["application/json"]["schema"]["$ref"].endswith("/CaseOut")
    assert "application/problem+json" in filing["responses"]["default"]["content"]
    assert filing["x-allowed"] == ["cases:write", "everyone"]
    assert filing["security"] == [{"apiKey": []}]
    assert "security" not in document["paths"]["/api/sample/v1/public/cases"]["post"]


async def test_the_description_holds_every_address_of_the_api_and_no_page(agent: httpx.AsyncClient) -> None:
    paths = (await agent.get(OPENAPI)).json()["paths"]
    assert set(paths) == {
        "/api/sample/v1/cases",
        "/api/sample/v1/cases/{id}",
        "/api/sample/v1/public/cases",
        "/api/sample/v1/settings",
        "/api/sample/v1/failures/{kind}",
        "/api/sample/v1/stream",
    }


async def test_every_reference_in_the_description_leads_somewhere(agent: httpx.AsyncClient) -> None:
    document = (await agent.get(OPENAPI)).json()
    schemas = document["components"]["schemas"]

    def references(part: object) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if "$ref" in part else []
            return own + [each for value in part.values() for each in references(value)]
        return [each for value in part for each in references(value)] if isinstance(part, list) else []

    assert {reference.rpartition("/")[2] for reference in references(document)} <= set(schemas)
    assert not {"HTTPValidationError", "ValidationError"} & set(schemas)


async def test_the_page_lists_routes_fields_roles_and_a_call(browser: httpx.AsyncClient) -> None:
    page = (await browser.get(DOCS)).text
    for text in ("/api/sample/v1/cases/{id}", "unit.code", "cs_manager", "Files a case.", "≤ 20000"):
        assert text in page


async def test_the_call_shown_works(agent: httpx.AsyncClient) -> None:
    document = (await agent.get(OPENAPI)).json()
    route = next(
        each
        for each in routes_shown(document, "http://localhost:8000")
        if each.path.endswith("/v1/cases") and each.method == "POST"
    )
    words = shlex.split(route.example)
    address, body = words[3], words[words.index("-d") + 1]
    answer = await agent.post(address, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 201
