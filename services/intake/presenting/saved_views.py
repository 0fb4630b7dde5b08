"""Views of the queue as links, with how many each holds: pinned ones first, then those that come with the role."""

from collections.abc import Callable
from typing import Final

from services.intake.domain.saved_view import SavedView, ViewShelf, is_theirs
from services.intake.domain.selection import Selection
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import QueuePresenter
from services.intake.views.queue import ViewLink

NOTHING: Final = Selection()


def view_links(
    own: ViewShelf,
    shared: ViewShelf,
    here: Selection,
    present: QueuePresenter,
    looking: Looking,
    count: Callable[[Selection], int],
) -> list[ViewLink]:
    """All views that the reader sees, in order."""
    saved = [_link(view, of, own, here, present, looking, count) for of in (own, shared) for view in of.shown]
    presets: list[ViewLink] = []
    for view in looking.rules.views.for_roles(looking.viewer.roles):
        selection = Selection.read(view.query) or NOTHING
        name, href = view.names.in_(looking.language), present.href(selection)
        presets.append(ViewLink(None, name, href, count(selection), selection.address == here.address))
    pinned = [view for view in saved if view.is_pinned]
    return [*pinned, *presets, *(view for view in saved if not view.is_pinned)]


def _link(
    view: SavedView,
    of: ViewShelf,
    own: ViewShelf,
    here: Selection,
    present: QueuePresenter,
    looking: Looking,
    count: Callable[[Selection], int],
) -> ViewLink:
    selection = Selection.read(view.query) or NOTHING
    return ViewLink(
        id=view.id,
        name=view.name,
        href=present.href(selection),
        count=count(selection),
        is_here=selection.address == here.address,
        is_pinned=view.id in own.pinned,
        is_shared=of is not own,
        is_theirs=is_theirs(view, of.id, looking.viewer, looking.organisation),
    )
