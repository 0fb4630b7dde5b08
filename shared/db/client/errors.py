"""The driver's errors as the kernel's: what may be tried again, what is no use, what nobody knows."""

from collections.abc import Iterator
from contextlib import contextmanager

from bson.errors import BSONError
from pymongo.errors import BulkWriteError, ConnectionFailure, DuplicateKeyError, OperationFailure, PyMongoError

from shared.errors import Unavailable

_DUPLICATE = 11000
EXISTS = 48
"""A collection of this name is there; another process may have been first."""
OTHER_INDEX = {85, 86}
"""An index of this name, or of these fields, is there with other options."""
_NOT_ALLOWED = {13, 18}
_TOO_LARGE = {10334, 17419, 17420}
_GONE = {
    112,
    246,
    251,
    24,
    225,
}  # write conflict, snapshot unavailable, no such transaction, lock time-out, too old


class StoreError(Exception):
    """MongoDB could not do it."""


class WriteConflict(StoreError):
    """Another writer was first, or the snapshot is gone: the whole transaction may be tried again."""


class Duplicate(StoreError):
    """A unique index refused a row; `collection` says where."""

    def __init__(self, collection: str) -> None:
        super().__init__(f"duplicate key in {collection}")
        self.collection = collection


class Unstorable(StoreError):
    """The document itself cannot be stored: too large, or a value that BSON does not have. Trying again is no use."""


class WrongAddress(StoreError):
    """This is no address of MongoDB; the text says why, and holds nothing of it."""


class NotAllowed(StoreError):
    """MongoDB does not know this user with this password, or does not let them do that."""


class CommitUnknown(StoreError):
    """The answer to a commit was lost: it may have happened."""


class StoreAway(StoreError, Unavailable):
    """MongoDB cannot be reached in time, or has no primary."""

    def __init__(self, what: str) -> None:
        Unavailable.__init__(self, retry_after=1)
        self.what = what


@contextmanager
def translated(collection: str = "") -> Iterator[None]:
    """Let the driver's errors leave as the kernel's."""
    try:
        yield
    except DuplicateKeyError as error:
        raise Duplicate(collection) from error
    except (BSONError, OverflowError) as error:  # before PyMongoError: DocumentTooLarge is one of these
        raise Unstorable(type(error).__name__) from error
    except BulkWriteError as error:
        raise _from_bulk(collection, error) from error
    except PyMongoError as error:
        raise _from_driver(error) from error


def _from_bulk(collection: str, error: BulkWriteError) -> StoreError:
    codes = {e.get("code") for e in (error.details or {}).get("writeErrors", [])}
    if error.has_error_label("TransientTransactionError") or codes & _GONE:
        return WriteConflict(str(error.code))
    if codes & _TOO_LARGE:
        return Unstorable(f"too large for {collection}")
    return Duplicate(collection) if _DUPLICATE in codes else StoreError(f"bulk write failed: {codes}")


def _from_driver(error: PyMongoError) -> StoreError:
    if error.has_error_label("UnknownTransactionCommitResult"):
        return CommitUnknown(type(error).__name__)
    if error.timeout or (isinstance(error, ConnectionFailure) and not isinstance(error, OperationFailure)):
        return StoreAway(type(error).__name__)
    if error.has_error_label("TransientTransactionError"):
        return WriteConflict(type(error).__name__)
    if isinstance(error, OperationFailure) and error.code in _GONE:
        return WriteConflict(str(error.code))
    if isinstance(error, OperationFailure) and error.has_error_label("RetryableWriteError"):
        return StoreAway(str(error.code))
    if isinstance(error, OperationFailure) and error.code in _NOT_ALLOWED:
        return NotAllowed((error.details or {}).get("codeName", ""))
    return StoreError(f"{type(error).__name__} {getattr(error, 'code', '')} {getattr(error, 'codeName', '')}")
