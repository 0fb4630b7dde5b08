"""Writing what a transaction's members changed: few round trips, whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from shared.db.aggregate import Document
from shared.db.client import Delete, Insert, Replace, Step, Upsert
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.outbox import dead_row
from shared.db.parking import DeadLetter
from shared.db.workspace import Workspace


def steps_of(
    service: str,
    workspace: Workspace,
    markers: Mapping[str, list[Document]],
    told: Sequence[Document],
    now: datetime,
) -> list[Step]:
    """Markers first, because they tell soonest that a member was done before; then documents and outbox rows.

    The steps raise `Duplicate` for a marker or a unique value that is there, `WriteConflict` when somebody was faster.
    """
    inserts, replaces, deletes = _changes(workspace, service)
    if told:
        inserts[OUTBOX] += told
    steps: list[Step] = [Insert(collection, rows) for collection, rows in markers.items()]
    steps += [Insert(collection, rows) for collection, rows in inserts.items()]
    steps += [Replace(collection, guarded) for collection, guarded in replaces.items()]
    steps += [Delete(collection, {"_id": {"$in": ids}}) for collection, ids in deletes.items()]
    if workspace.waiting:
        names = sorted(f"waiting:{service}:{key}" for key in workspace.waiting)
        # The counter is there because a change that changes nothing conflicts with nobody.
        steps.append(Upsert("waiting", names, {"$set": {"at": now}, "$inc": {"touched": 1}}))
    return steps


Inserts = dict[str, list[Document]]
Replaces = dict[str, list[tuple[int, Document]]]
Deletes = dict[str, list[str]]


def _changes(workspace: Workspace, service: str) -> tuple[Inserts, Replaces, Deletes]:
    """By collection: rows to insert, rows to replace with the version each still has to have, ids to delete."""
    inserts: Inserts = defaultdict(list)
    replaces: Replaces = defaultdict(list)
    deletes: Deletes = defaultdict(list)
    changes, gone = workspace.changes()
    for change in changes:
        collection = change.aggregate.collection
        if change.stored:
            replaces[collection].append((change.stored, change.document))
        else:
            inserts[collection].append(change.document)
        if isinstance(change.aggregate, DeadLetter) and not change.stored:
            inserts[OUTBOX].append(dead_row(change.aggregate, service))
    for model, id in gone:
        deletes[model.collection].append(id)
    return inserts, replaces, deletes
