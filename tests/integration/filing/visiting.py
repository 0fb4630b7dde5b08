"""A visitor at the public form, and the answers that most tests give."""

import re

import httpx

FORM = "/complaints/new"
BURN = "전기장판에서 불이 나 손에 화상을 입었어요"
MILD = "두유 맛이 지난번과 달라요"
CONTACT = {"contact.name": "홍길동", "contact.phone": "010-1234-5678"}
AGREED = {"consent.processing": "true", "of_age": "true"}
PERSON = {
    "hurt": "yes",
    "harm.persons.0.who": "family",
    "harm.persons.0.injury": "손 화상",
    "harm.persons.0.treated": "true",
}


def step_of(answer: httpx.Response) -> str:
    return answer.headers["location"].rpartition("/")[2]


async def say(client: httpx.AsyncClient, step: str, **fields: str) -> httpx.Response:
    return await client.post(f"{FORM}/{step}", data=fields)


async def walk(client: httpx.AsyncClient, body: str = MILD, **more: dict[str, str]) -> list[str]:
    """Answer every question up to the review; the questions that were asked."""
    said: dict[str, dict[str, str]] = {
        "kind": {"kind": "complaint"},
        "what": {"body": body},
        "harm": PERSON,
        "whom": {"for_whom": "self"},
        "contact": CONTACT,
        "consent": AGREED,
    } | more
    step, asked = "kind", list[str]()
    while step != "review":
        asked.append(step)
        answer = await client.post(f"{FORM}/{step}", data=said.get(step, {}))
        assert answer.status_code == 303, (step, answer.text)
        step = step_of(answer)
    return asked


async def send(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post(f"{FORM}/filings")


def receipt_in(page: str) -> tuple[str, str]:
    number, secret = re.findall(r"<code>([^<]+)</code></pre>", page)[:2]
    return number, secret


async def filed(client: httpx.AsyncClient) -> tuple[str, str]:
    answer = await send(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/complaints/done")
    return receipt_in((await client.get("/complaints/done")).text)
