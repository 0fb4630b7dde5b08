"""The sample week is whole: enough complaints, six lines, every way of filing, and nothing that could be real."""

import json
import re
from collections import Counter
from datetime import date

import pytest

from deploy.demo.acts import CUSTOMER, Act
from deploy.demo.filing import filing_of
from deploy.demo.goods import load_products
from deploy.demo.material import DAYS, Told, WeekDay, complaints_of, load_week
from deploy.demo.play import scenes_of
from services.intake.domain.filing import Filing
from shared.privacy.masking import mask
from shared.web.bodies import check
from shared.web.field_errors import field_errors

PRODUCTS = load_products()
WEEK = load_week()
TOLD = complaints_of(WEEK)
ACTS = {act.id: act for day in WEEK for act in day.acts}
MONDAY = date(2026, 11, 9)
NUMBER = re.compile(r"\d{2,4}-\d{3,4}-\d{4}")
every_complaint = pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
every_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
every_day = pytest.mark.parametrize("day", WEEK, ids=DAYS)


def test_it_goes_from_monday_to_sunday_with_enough_of_everything() -> None:
    assert tuple(day.day for day in WEEK) == DAYS
    assert len(TOLD) == sum(len(day.complaints) for day in WEEK) >= 130
    kinds, ways = Counter(t.kind for t in TOLD.values()), Counter(t.way for t in TOLD.values())
    assert kinds.keys() == {"complaint", "inquiry", "suggestion", "praise"}
    assert ways.keys() == {"form", "phone", "staff", "shop", "topic"}
    assert min(ways.values()) >= 5
    assert sum(not re.search("[가-힣]", t.body) for t in TOLD.values()) >= 15, "some customers write English"


def test_every_line_is_complained_of_and_has_lots() -> None:
    lines = Counter(PRODUCTS.by_code[told.product].line for told in TOLD.values() if told.product)
    assert set(lines) == {line.code for line in PRODUCTS.lines}
    assert len(lines) == 6
    assert min(lines.values()) >= 8
    assert {p.line for p in PRODUCTS.products if p.lots} == set(lines)


def test_every_product_has_sold_no_more_than_was_made() -> None:
    for product in PRODUCTS.products:
        for lot in product.lots:
            assert 0 < sum(lot.sold) <= lot.quantity, lot.code
            weeks_ago = [len(lot.sold) - 1 - week for week, units in enumerate(lot.sold) if units]
            assert weeks_ago[0] * 7 - 6 <= lot.made, f"{lot.code} was sold before it was made"


@every_day
def test_a_day_is_in_the_order_of_its_times(day: WeekDay) -> None:
    times = [told.at for told in day.complaints]
    assert times == sorted(times)
    assert all(told.id.startswith(day.day) for told in day.complaints)
    assert all(act.id.startswith(day.day) for act in day.acts)


@every_complaint
def test_intake_takes_the_filing_as_it_is(told: Told) -> None:
    body = json.dumps(filing_of(told, PRODUCTS, MONDAY)).encode()
    filing, wrong = check(Filing, body)
    assert filing is not None, [(e.field, e.message) for e in field_errors(wrong, "en")]
    assert filing.headline() == told.title


@every_complaint
def test_it_names_a_product_and_a_lot_that_exist(told: Told) -> None:
    product = PRODUCTS.by_code[told.product] if told.product else None
    if told.lot:
        assert product is not None
        assert told.lot in {lot.code for lot in product.lots}


@every_complaint
def test_nobody_in_it_could_be_reached(told: Told) -> None:
    if told.contact is not None and told.contact.phone:
        assert told.contact.phone.startswith("010-0000-")
    assert not NUMBER.search(told.body)
    assert "@" not in told.body
    assert "http" not in told.body
    assert "[전화]" not in mask(told.body)


@every_complaint
def test_a_korean_complaint_can_be_followed_in_english(told: Told) -> None:
    assert told.gist or not re.search("[가-힣]", told.title)


def test_no_two_customers_say_the_same() -> None:
    assert [body for body, times in Counter(t.body for t in TOLD.values()).items() if times > 1] == []
    phones = Counter(t.contact.phone for t in TOLD.values() if t.contact and t.contact.phone)
    for phone, times in phones.items():
        names = {t.contact.name for t in TOLD.values() if t.contact and t.contact.phone == phone}
        assert len(names) == 1, f"{phone} belongs to {names}"
        assert times <= 3


@every_act
def test_an_act_comes_after_what_it_is_about(act: Act) -> None:
    order = [scene.id for day in WEEK for scene in scenes_of(day)]
    before = order[: order.index(act.id)]
    assert act.of in before
    for name in re.findall(r"\{((?:mon|tue|wed|thu|fri|sat|sun)-[a-z0-9-]+)\.", f"{act.call} {act.body}"):
        assert name in before, f"{act.id} speaks of {name}, which has not happened yet"
    if act.by == CUSTOMER:
        assert TOLD[act.of].way == "form", "only who filed on the form has a secret"
