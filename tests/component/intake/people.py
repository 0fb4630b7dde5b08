"""The directory tells of changes: people on leave or gone, departments closed."""

from shared.identity.organisation import Organisation
from tests.component.intake.card_desk import CardDesk


def changed(
    organisation: Organisation, department: str | None = None, person: str = "p-015", **said: object
) -> Organisation:
    """The organisation with a department, or else a person, as said."""
    people, departments = list(organisation.people), list(organisation.departments)
    if department:
        departments = [d.model_copy(update=said) if d.code == department else d for d in departments]
    else:
        people = [p.model_copy(update=said) if p.id == person else p for p in people]
    return organisation.model_copy(update={"people": people, "departments": departments}).model_copy(deep=True)


def hears(desk: CardDesk, organisation: Organisation) -> None:
    """The directory tells of a change."""
    fresh = Organisation.model_construct(**{name: getattr(organisation, name) for name in Organisation.model_fields})
    desk.directory._organisation = fresh
