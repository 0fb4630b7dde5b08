"""The only rooms that know the MongoDB driver: Motor behind the few operations that the kernel uses.

Motor left development in May 2026; its successor is PyMongo's own asyncio client. Everything that would change
with that move stands here, and the driver's errors leave as the classes of `errors.py`.
"""

from shared.db.client.admin import run_admin_command
from shared.db.client.dump import Loader, Snapshot, SnapshotGone, count_in, documents_in
from shared.db.client.errors import (
    CommitUnknown,
    Duplicate,
    StoreAway,
    StoreError,
    Unstorable,
    WriteConflict,
)
from shared.db.client.files import CHUNK, FileCut, Files
from shared.db.client.mongo import Document, Mongo, Session, deadline
from shared.db.client.watch import Watch

__all__ = [
    "CHUNK",
    "CommitUnknown",
    "Document",
    "Duplicate",
    "FileCut",
    "Files",
    "Loader",
    "Mongo",
    "Session",
    "Snapshot",
    "SnapshotGone",
    "StoreAway",
    "StoreError",
    "Unstorable",
    "Watch",
    "WriteConflict",
    "count_in",
    "deadline",
    "documents_in",
    "run_admin_command",
]
