"""Scenes are played in their order, products are registered with what was sold, refusals are read as they are said."""

from datetime import date

import pytest
from pydantic import ValidationError

from deploy.demo.acts import Act
from deploy.demo.filing import at
from deploy.demo.material import Moment
from deploy.demo.play import scenes_of, together
from deploy.demo.portal import Answer
from deploy.demo.register import family_of, figures_of, week_of
from services.intake.domain.products.said import ExposureSaid
from tests.unit.demo.test_week import MONDAY, PRODUCTS, WEEK
from tests.unit.intake.rules import RULES

SAYS = {"ko": "확인합니다", "en": "acknowledges"}


def an_act(**other: object) -> Act:
    facts: dict[str, object] = {
        "id": "mon-act", "at": "10:00", "by": "agent", "of": "mon-01", "says": SAYS, "call": "/api/intake/v1/x",
    }  # fmt: skip
    return Act.model_validate(facts | other)


def test_a_day_is_played_by_its_times() -> None:
    for day in WEEK:
        times = [scene.at for scene in scenes_of(day)]
        assert times == sorted(times)


def test_an_act_waits_for_what_came_before_and_nothing_overtakes_it() -> None:
    scenes = scenes_of(WEEK[0])
    runs = list(together(scenes, 8))
    assert [scene for run in runs for scene in run] == scenes
    assert all(len(run) == 1 for run in runs if isinstance(run[0], Act))
    assert max(len(run) for run in runs) <= 8


@pytest.mark.parametrize(
    "wrong",
    [
        {"call": None},
        {"event": "improvement.verified"},
        {"by": "nobody"},
        {"by": "customer"},
        {"awaits": "complaint.closed"},
        {"call": None, "page": "/complaints/follow/acceptances"},
        {"at": "25:00"},
    ],
)
def test_a_screenplay_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    assert an_act().call
    with pytest.raises(ValidationError):
        an_act(**wrong)


def test_what_was_sold_is_told_by_the_week_the_last_first() -> None:
    blanket = PRODUCTS.by_code["EB-410"]
    (lot,) = (lot for lot in blanket.lots if lot.code == "EB410-10")
    figures = figures_of(blanket, lot, MONDAY)
    assert [(one["period"], one["units"]) for one in figures] == [
        ("2026-W46", 1700), ("2026-W45", 1500), ("2026-W44", 900), ("2026-W43", 300),
    ]  # fmt: skip
    assert all(ExposureSaid.model_validate(one) for one in figures)


def test_weeks_are_those_of_the_calendar_at_the_turn_of_a_year() -> None:
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    assert week_of(date(2026, 1, 1)) == "2026-W01"


def test_every_product_belongs_to_a_line_that_the_routing_rules_know() -> None:
    assert {family_of(product, PRODUCTS) for product in PRODUCTS.products} <= RULES.taxonomy.lines


def test_what_happened_did_so_in_korea() -> None:
    assert at(Moment(day="wed", at="03:30"), MONDAY).isoformat() == "2026-11-11T03:30:00+09:00"


def test_a_refusal_is_read_with_its_fields_and_what_is_missing() -> None:
    refused = Answer(422, {"detail": "다시 보십시오.", "errors": [{"field": "body", "message": "필요합니다."}]})
    assert refused.problem() == "다시 보십시오. body: 필요합니다."
    assert Answer(409, {"missing": [{"code": "removal", "message": "없습니다."}]}).missing == ["없습니다."]
    assert Answer(502, "bad gateway").problem() == "502"
