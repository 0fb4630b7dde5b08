"""The people of this deployment, as settings say."""

from shared.identity.organisation import Organisation, load_organisation
from shared.identity.principal import Principal
from shared.runtime.settings import Settings, SettingsError


def organisation_of(settings: Settings) -> Organisation:
    """The company's people from its file, in local mode the sample's. Raises `SettingsError`, `RulesError`."""
    if settings.organisation_file is not None:
        return load_organisation(settings.organisation_file)
    if settings.mode == "production":
        raise SettingsError("CCMS_ORGANISATION_FILE: name the file of your people and departments.")
    return load_organisation()


def principal_of(organisation: Organisation, id: str) -> Principal | None:
    """A person of the organisation as one who asks."""
    person = organisation.person(id)
    if person is None:
        return None
    return Principal(person.id, person.name, frozenset(person.roles), "person", person.department)
