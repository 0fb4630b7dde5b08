"""What the pages about coming in show."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SampleView:
    """One of the sample people, and the role that they stand for (a message id)."""

    id: str
    name: str
    role: str
    department: str


@dataclass(frozen=True, slots=True)
class SignInView:
    """The sign-in page. `next` is where to go on; `problem` is a sentence about the attempt before."""

    next: str
    name: str = ""
    problem: str = ""
    samples: list[SampleView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewPasswordView:
    """The page on which a password that was handed over is replaced. `ticket` says who came that far."""

    ticket: str
    next: str
    least: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One of a person's sessions."""

    id: str
    browser: str
    began_at: datetime
    ends_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class LogView:
    """One thing that happened. `by` is empty when it was the person themselves."""

    at: datetime
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class AccountView:
    """A person's own account."""

    id: str
    name: str
    department: str
    roles: list[str]
    least: int
    sessions: list[SessionView]
    log: list[LogView]
    problem: str = ""
    problem_field: str = ""
    done: str = ""
