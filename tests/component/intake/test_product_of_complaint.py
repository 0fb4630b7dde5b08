"""What a complaint learns from the product register."""

from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.handlers.filing import file_complaint
from shared.testing.fake import Desk
from tests.component.intake.register import KEEPER, a_desk, register


async def filed(desk: Desk, **product: str) -> Complaint:
    filing = Filing.model_validate({"body": "작동하지 않습니다", "product": product}, strict=False)
    complaint: Complaint = await desk.handle(file_complaint, filing, by=KEEPER)
    return complaint


async def test_a_complaint_takes_name_and_line_from_the_register_and_keeps_what_was_said() -> None:
    desk = a_desk()
    await register(desk)
    complaint = await filed(desk, code="rc-880", name="밥솥")
    assert (complaint.product_code, complaint.product_name) == ("RC-880", "압력밥솥 880")
    assert (complaint.product_said, complaint.product_line) == ("밥솥", "appliance")


async def test_a_product_that_is_not_registered_stays_as_it_was_said() -> None:
    complaint = await filed(a_desk(), code="zz-1", name="밥솥")
    assert (complaint.product_code, complaint.product_name) == ("zz-1", "밥솥")
    assert (complaint.product_said, complaint.product_line) == (None, None)


async def test_the_line_of_the_register_decides_which_departments_are_called() -> None:
    """Ill after use, of something whose name says nothing: its line tells food from a thing."""
    called = []
    for line in ("food", "appliance"):
        desk = a_desk()
        await register(desk, "ZX-1", "모델 1", line)
        filing = Filing.model_validate(
            {"body": "제품 안전에 문제가 있어 위험합니다", "product": {"code": "ZX-1"}}, strict=False
        )
        complaint: Complaint = await desk.handle(file_complaint, filing)
        called.append({routed.department for routed in complaint.departments})
    assert "production" in called[0] - called[1]
    assert "development" in called[1] - called[0]
