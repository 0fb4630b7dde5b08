"""Saved views: one's own, a department's, pinned, deleted and brought back."""

import pytest

from services.intake.domain.saved_view import (
    MOST,
    NameTaken,
    NotYourView,
    SavedView,
    TooManyViews,
    ViewShelf,
    own_shelf,
)
from services.intake.domain.selection import Selection
from services.intake.handlers.views import delete_view, pin_view, rename_view, restore_view, save_view
from services.intake.repository.uow import IntakeUow
from shared.errors import NotFound
from shared.identity.principal import ROLES, Principal
from shared.testing.fake import Desk
from tests.component.intake.card_desk import RULES, person

AGENT, OTHER, HEAD, STRANGER = person("p-034"), person("p-035"), person("p-001"), person("p-005")


def a_desk() -> Desk:
    return Desk(IntakeUow, RULES)


async def saved(desk: Desk, name: str = "밥솥", by: Principal = AGENT, shared: str = "own") -> SavedView:
    view: SavedView = await desk.handle(save_view, name, "product=RC-880", shared, by=by)
    return view


def shelf(desk: Desk, id: str) -> ViewShelf:
    return next(shelf for shelf in desk.stored(ViewShelf) if shelf.id == id)


async def test_a_view_is_kept_and_pinned_for_who_saves_it() -> None:
    desk = a_desk()
    view = await saved(desk)
    own = shelf(desk, own_shelf(AGENT.id))
    assert ([v.name for v in own.shown], own.pinned) == (["밥솥"], [view.id])


async def test_a_departments_view_is_pinned_by_each_for_themselves() -> None:
    desk = a_desk()
    view = await saved(desk, shared="department")
    await desk.handle(pin_view, view.id, True, by=OTHER)
    await desk.handle(pin_view, view.id, False, by=AGENT)
    assert shelf(desk, own_shelf(OTHER.id)).pinned == [view.id]
    assert shelf(desk, own_shelf(AGENT.id)).pinned == []


async def test_a_departments_view_is_changed_by_its_maker_and_the_head_alone() -> None:
    desk = a_desk()
    view = await saved(desk, shared="department")
    with pytest.raises(NotYourView):
        await desk.handle(rename_view, view.id, "다른 이름", by=OTHER)
    await desk.handle(rename_view, view.id, "실장이 바꾼 이름", by=HEAD)
    assert view.name == "실장이 바꾼 이름"


async def test_nobody_reaches_the_views_of_others() -> None:
    desk = a_desk()
    view = await saved(desk)
    for who in (OTHER, STRANGER, HEAD):
        with pytest.raises(NotFound):
            await desk.handle(delete_view, view.id, by=who)


async def test_two_views_of_one_name_are_refused() -> None:
    desk = a_desk()
    await saved(desk, "Late")
    with pytest.raises(NameTaken):
        await saved(desk, "late")


async def test_a_deleted_view_comes_back_even_when_its_name_was_taken_meanwhile() -> None:
    desk = a_desk()
    view = await saved(desk)
    await desk.handle(delete_view, view.id, by=AGENT)
    await saved(desk)
    await desk.handle(restore_view, view.id, by=AGENT)
    assert [v.name for v in shelf(desk, own_shelf(AGENT.id)).shown] == ["밥솥", "밥솥 2"]


async def test_there_is_an_end_to_views() -> None:
    desk = a_desk()
    for number in range(MOST):
        await saved(desk, f"보기 {number}")
    with pytest.raises(TooManyViews):
        await saved(desk, "one more")


@pytest.mark.parametrize("role", sorted(ROLES - {"consumer", "admin"}))
def test_every_role_begins_with_views_that_the_queue_knows(role: str) -> None:
    presets = RULES.views.for_roles(frozenset({role}))
    assert presets
    assert all(Selection.read(view.query) is not None for view in presets)
