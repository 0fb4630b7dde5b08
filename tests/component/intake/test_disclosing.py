"""The customer's own words: for a reason, which is written down with the look."""

import pytest

from services.intake.domain.access import Access
from services.intake.handlers.disclosing import Disclosed, disclose
from shared.errors import Forbidden
from shared.identity.principal import Principal
from tests.component.intake.card_desk import AGENT, AUDITOR, EMPLOYEE, MANAGER, CardDesk, person

BODY = "010-1234-5678로 연락 주세요. 전기밥솥이 고장 났어요."
CONTACT = {"name": "홍길동", "phone": "010-1234-5678"}
HEAD = person("p-013")


async def disclosed(by: Principal, purpose: str = "환불 계좌 확인") -> tuple[Disclosed, CardDesk]:
    desk = CardDesk()
    complaint = await desk.file(BODY, contact=CONTACT)
    return await desk.handle(disclose, complaint.id, purpose, by=by), desk


@pytest.mark.parametrize("who", [AGENT, MANAGER])
async def test_the_customer_office_sees_the_original_and_how_to_reach_the_customer(who: Principal) -> None:
    shown, desk = await disclosed(who)
    assert shown.body == BODY
    assert shown.private["contact"] == CONTACT
    (look,) = desk.stored(Access)
    assert (look.by, look.what, look.purpose, look.at) == (who.id, "contact", "환불 계좌 확인", desk.now)


async def test_the_auditor_sees_the_words_but_not_the_contact() -> None:
    shown, desk = await disclosed(AUDITOR)
    assert (shown.body, shown.private) == (BODY, {})
    assert [look.what for look in desk.stored(Access)] == ["original"]


@pytest.mark.parametrize("who", [EMPLOYEE, HEAD, person("p-027"), person("p-041"), person("p-042")])
async def test_nobody_else_sees_it_and_nothing_is_unsealed(who: Principal) -> None:
    with pytest.raises(Forbidden):
        await disclosed(who)


async def test_the_purpose_is_masked_like_any_text() -> None:
    _, desk = await disclosed(AGENT, "010-1234-5678 고객 확인")
    (look,) = desk.stored(Access)
    assert "1234-5678" not in (look.purpose or "")


async def test_a_look_tells_nobody_anything() -> None:
    _, desk = await disclosed(AGENT)
    told = "".join(event.model_dump_json() for event in desk.told)
    assert "홍길동" not in told
    assert "1234-5678" not in told
