"""Sessions as their owner sees them: which browser, since when."""

from datetime import datetime
from typing import ClassVar

from shared.db.aggregate import Aggregate, Document, index
from shared.identity.sessions import SESSION_AGE, Session


class SessionRecord(Aggregate):
    """One sign-in. Its id is the session's; `browser` says in words where it was."""

    collection: ClassVar[str] = "sessions"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("person", "-began_at"),
        index("ends_at", name="old", expireAfterSeconds=0),
    )

    person: str
    began_at: datetime
    ends_at: datetime
    browser: str

    def as_session(self) -> Session:
        """What the cookie names."""
        return Session(self.id, self.person, self.began_at)


def begin_session(id: str, person: str, browser: str, now: datetime) -> SessionRecord:
    """A new one."""
    return SessionRecord(id=id, person=person, began_at=now, ends_at=now + SESSION_AGE, browser=browser)


BROWSERS = (("Edg/", "Edge"), ("Whale/", "Whale"), ("SamsungBrowser/", "Samsung Internet"), ("OPR/", "Opera"),
            ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


def browser_of(user_agent: str) -> str:
    """A browser in words, as far as it says what it is; nothing else of its header is kept."""
    known = [next((word for mark, word in table if mark in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known))
