"""The only rooms that know the MongoDB driver: Motor behind the few operations that the kernel uses.

Motor left development in May 2026; its successor is PyMongo's own asyncio client. Everything that would change
with that move stands here, and the driver's errors leave as the classes of `errors.py`.
"""

from shared.db.client.admin import run_admin_command
from shared.db.client.dump import Loader, Snapshot, SnapshotGone, count_in, documents_in
from shared.db.client.errors import (
    CommitUnknown,
    Duplicate,
    NotAllowed,
    StoreAway,
    StoreError,
    Unstorable,
    WriteConflict,
    WrongAddress,
)
from shared.db.client.files import CHUNK, FileCut, Files
from shared.db.client.mongo import Document, Mongo, Session, deadline
from shared.db.client.steps import Commit, Delete, Find, Insert, Replace, Step, Upsert
from shared.db.client.watch import Watch

__all__ = [
    "CHUNK",
    "Commit",
    "CommitUnknown",
    "Delete",
    "Document",
    "Duplicate",
    "FileCut",
    "Files",
    "Find",
    "Insert",
    "Loader",
    "Mongo",
    "NotAllowed",
    "Replace",
    "Session",
    "Snapshot",
    "SnapshotGone",
    "Step",
    "StoreAway",
    "StoreError",
    "Unstorable",
    "Upsert",
    "Watch",
    "WriteConflict",
    "WrongAddress",
    "count_in",
    "deadline",
    "documents_in",
    "run_admin_command",
]
