"""Programs that file complaints over HTTP: most are good, some bring a file, some are wrong."""

from typing import Any, Final

from tests.chaos.asking import Client
from tests.unit.uploads.sample_files import jpeg

BODIES: Final = (
    "전기장판에서 불이 나 손에 화상을 입었어요",
    "배송이 사흘이나 늦었어요",
    "전기밥솥 코팅이 벗겨져 고장이 났어요. 환불해 주세요.",
)
PRODUCTS: Final = 12
WRONG, WITH_FILE = 0.05, 0.1
PHOTO: Final = jpeg() + bytes(4000)


def filing(title: str, number: int) -> dict[str, Any]:
    """A complaint under a title: one of a few products, with the same problems again and again."""
    code = f"P-{number % PRODUCTS}"
    body = BODIES[number % len(BODIES)]
    return {"title": title, "body": body, "product": {"code": code, "name": code}}


async def file_complaints(client: Client) -> None:
    """File one after the other; those that were acknowledged may be worked on."""
    while not client.over.is_set():
        deed = client.ledger.new("filing")
        body = filing(deed, client.random.randrange(1000))
        if client.random.random() < WRONG:
            body["body"] = ""
        elif client.random.random() < WITH_FILE and (file := await client.upload("사진.jpg", PHOTO)):
            body["attachments"] = [file]
        await client.ask(deed, "intake", "/api/intake/v1/complaints", body)
        await client.rest()
