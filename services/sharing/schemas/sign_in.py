"""Shapes of the forms for coming in, and of what handlers give back about it."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints

from services.sharing.handlers.signing_in import Attempt
from shared.identity.organisation import PERSON_ID
from shared.identity.sessions import Session
from shared.web.shapes import FormIn

Typed = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Password = Annotated[str, StringConstraints(strip_whitespace=False, max_length=1000)]
Wanted = Annotated[str, StringConstraints(max_length=2000)]


class SignInForm(FormIn):
    """Name and password; an empty one is refused like a wrong one."""

    name: Typed = ""
    password: Password = Field("", repr=False)
    next: Wanted = ""


class SampleForm(FormIn):
    """Which of the sample people to be."""

    person: Annotated[str, StringConstraints(pattern=PERSON_ID)]
    next: Wanted = ""


class FirstPasswordForm(FormIn):
    """A person's own password instead of the one that was handed over."""

    ticket: Annotated[str, StringConstraints(max_length=1000)]
    password: Password = Field("", repr=False)
    next: Wanted = ""


class ChangePasswordForm(FormIn):
    """A new password, and the present one because somebody else may sit at an open page."""

    present: Password = Field("", repr=False)
    password: Password = Field("", repr=False)


class AttemptOut(BaseModel):
    """What is needed to look at a password. Never leaves the process."""

    id: str
    person: str | None
    name: str
    password: str | None = Field(repr=False)
    must_change: bool

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """The attempt."""
        return cls(
            id=attempt.id,
            person=attempt.person,
            name=attempt.name,
            password=attempt.password,
            must_change=attempt.must_change,
        )

    def attempt(self) -> Attempt:
        """The attempt, for the handlers."""
        return Attempt(self.id, self.person, self.name, self.password, self.must_change)


class SessionOut(BaseModel):
    """A session that began."""

    session: Session

    @classmethod
    def of(cls, session: Session) -> Self:
        """The session."""
        return cls(session=session)


class Done(BaseModel):
    """It is done; there is nothing to say about it."""

    @classmethod
    def of(cls, _: object) -> Self:
        """Nothing."""
        return cls()
