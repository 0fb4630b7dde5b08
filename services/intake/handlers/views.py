"""Saved views of the queue: made of the present address, renamed, pinned, deleted and brought back."""

from services.intake.domain.saved_view import SavedView, Shared, ViewShelf, department_shelf, must_be_theirs, own_shelf
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want
from shared.errors import Forbidden, NotFound
from shared.identity.principal import Principal


async def save_view(name: str, query: str, shared: Shared, uow: IntakeUow) -> SavedView:
    """Keep a view, of one's own or of one's department; it is pinned at once."""
    who = _viewer(uow)
    owner = department_shelf(who.department) if shared == "department" else own_shelf(who.id)
    own = own_shelf(who.id)
    await uow.fetch(Want(ViewShelf, "_id", owner), Want(ViewShelf, "_id", own))
    view = SavedView(id=uow.new_id(), name=name, query=query, made_by=who.id, made_at=uow.now)
    (await _shelf(owner, uow)).add(view)
    (await _shelf(own, uow)).pin(view.id, True)
    return view


async def rename_view(id: str, name: str, uow: IntakeUow) -> SavedView:
    """Give a view another name."""
    shelf = await _shelf_of(id, uow)
    must_be_theirs(shelf.view(id), shelf.id, _viewer(uow), uow.organisation)
    return shelf.rename(id, name)


async def delete_view(id: str, uow: IntakeUow) -> SavedView:
    """Take a view away; it can be brought back."""
    shelf = await _shelf_of(id, uow)
    must_be_theirs(shelf.view(id), shelf.id, _viewer(uow), uow.organisation)
    return shelf.remove(id, uow.now)


async def restore_view(id: str, uow: IntakeUow) -> SavedView:
    """Bring a deleted view back."""
    shelf = await _shelf_of(id, uow)
    must_be_theirs(shelf.view(id), shelf.id, _viewer(uow), uow.organisation)
    return shelf.restore(id)


async def pin_view(id: str, pinned: bool, uow: IntakeUow) -> SavedView:
    """Put a view among one's pinned ones, or take it from there; nobody else sees it."""
    shelf = await _shelf_of(id, uow)
    (await _shelf(own_shelf(_viewer(uow).id), uow)).pin(id, pinned)
    return shelf.view(id)


def _viewer(uow: IntakeUow) -> Principal:
    who = uow.cause.principal
    if who is None or who.kind != "person":
        raise Forbidden
    return who


async def _shelf(id: str, uow: IntakeUow) -> ViewShelf:
    return await uow.get(ViewShelf, id) or uow.add(ViewShelf(id=id))


async def _shelf_of(view_id: str, uow: IntakeUow) -> ViewShelf:
    """The shelf on which a view stands that this person sees: their own, else their department's."""
    who = _viewer(uow)
    shelves = [own_shelf(who.id), department_shelf(who.department)]
    await uow.fetch(*(Want(ViewShelf, "_id", id) for id in shelves))
    for id in shelves:
        shelf = await uow.get(ViewShelf, id)
        if shelf is not None and any(view.id == view_id for view in shelf.views):
            return shelf
    raise NotFound
