"""People and departments as pages show them: names instead of codes."""

from collections.abc import Mapping, Sequence
from datetime import date

from services.sharing.domain.access_log import LogEntry
from services.sharing.domain.account import Account
from services.sharing.domain.department import LEVELS, Department
from services.sharing.domain.person import LAST, Person
from services.sharing.presenting.sign_in import department_name, log_view, name_of
from services.sharing.repository.people import Sought
from services.sharing.views.people import (
    DepartmentForm,
    DepartmentRow,
    DepartmentView,
    LeaveView,
    Named,
    PeopleView,
    PersonForm,
    PersonRow,
    PersonView,
    Refusal,
)
from shared.identity.organisation import Organisation
from shared.web.words import ROLES


class Presenter:
    """Speaks one language about one company, on one day."""

    def __init__(self, organisation: Organisation, language: str, today: date) -> None:
        self._organisation, self.language, self._today = organisation, language, today

    def row(self, person: Person, account: Account | None) -> PersonRow:
        """One person in the list."""
        away = next((leave for leave in person.leaves if leave.start <= self._today <= leave.end), None)
        return PersonRow(
            person.id,
            person.name,
            self.department(person.department),
            [ROLES.get(role, role) for role in ROLES if role in person.roles],
            access_of(person, account),
            away.end if away and person.active else None,
        )

    def people(
        self,
        people: Sequence[Person],
        accounts: Mapping[str, Account],
        departments: Sequence[Department],
        sought: Sought,
        links: tuple[str | None, str | None],
    ) -> PeopleView:
        """The list."""
        rows = [self.row(person, accounts.get(person.id)) for person in people]
        named = self.choices(departments)
        following, first = links
        return PeopleView(
            rows, named, sought.words, sought.department, sought.role, sought.left, next=following, first=first
        )

    def person(
        self,
        person: Person,
        account: Account | None,
        departments: Sequence[Department],
        sessions: int,
        log: list[LogEntry],
        may_change: bool,
        typed: PersonForm | None = None,
        refusal: Refusal | None = None,
    ) -> PersonView:
        """One person's page."""
        return PersonView(
            id=person.id,
            name=person.name,
            active=person.active,
            access=access_of(person, account),
            blocked=bool(account and account.blocked),
            has_account=account is not None,
            version=person.version,
            deputy=self.named(person.deputy),
            leaves=[LeaveView(leave.start, leave.end, self.named(leave.deputy)) for leave in person.leaves],
            answers_for=[Named(d.code, self.own(d.names)) for d in departments if person.id in d.answered_by()],
            sessions=sessions,
            log=log_view(log, self._organisation, self.language),
            form=typed or form_of(person),
            departments=self.choices(departments),
            department=self.department(person.department),
            may_change=may_change,
            refusal=refusal or Refusal(),
        )

    def department_row(self, department: Department) -> DepartmentRow:
        """One department in the list."""
        levels = [(level, self.named(getattr(department, level))) for level in LEVELS]
        return DepartmentRow(department.code, self.own(department.names), levels, self._successor(department))

    def department_page(
        self,
        department: Department,
        others: Sequence[Department],
        may_change: bool,
        typed: DepartmentForm | None = None,
        refusal: Refusal | None = None,
    ) -> DepartmentView:
        """One department's page."""
        people = (getattr(department, level) for level in LEVELS)
        return DepartmentView(
            code=department.code,
            name=self.own(department.names),
            active=department.active,
            version=department.version,
            successor=self._successor(department),
            form=typed or department_form(department),
            names={id: name_of(self._organisation, id) for id in people if id},
            others=[choice for choice in self.choices(others) if choice.id != department.code],
            may_change=may_change,
            refusal=refusal or Refusal(),
        )

    def choices(self, departments: Sequence[Department]) -> list[Named]:
        """Departments to choose from, by name."""
        return sorted((Named(d.code, self.own(d.names)) for d in departments), key=lambda named: named.name)

    def department(self, code: str) -> str:
        """A department's name."""
        return department_name(self._organisation, code, self.language)

    def named(self, id: str | None) -> Named | None:
        """Somebody with their name."""
        return Named(id, name_of(self._organisation, id)) if id else None

    def own(self, names: Mapping[str, str]) -> str:
        """The name in the reader's language."""
        return names.get(self.language) or names["ko"]

    def _successor(self, department: Department) -> Named | None:
        code = department.successor
        return Named(code, self.department(code)) if code else None


def access_of(person: Person, account: Account | None) -> str:
    """Whether somebody may come in: a key of `ACCESS`."""
    if not person.active:
        return "left"
    if account is None or account.password is None:
        return "none"
    return "blocked" if account.blocked else "first" if account.must_change else "open"


def form_of(person: Person) -> PersonForm:
    """The form with what is known of a person."""
    order = "" if person.call_order == LAST else str(person.call_order)
    return PersonForm(
        person.id, person.name, person.employment, person.department, person.roles, order, person.deputy or ""
    )


def department_form(department: Department) -> DepartmentForm:
    """The form with what is known of a department."""
    levels = {level: getattr(department, level) or "" for level in LEVELS}
    names = department.names
    return DepartmentForm(department.code, names["ko"], names.get("en", ""), **levels)
