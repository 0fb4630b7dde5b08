"""The people of this deployment, as settings say, until `sharing` has told of any."""

from shared.identity.organisation import SAMPLE, Organisation, load_organisation, organisation_with
from shared.runtime.settings import Settings, SettingsError


def organisation_of(settings: Settings) -> Organisation:
    """The company's people from its file, else the sample's where that may stand in, else nobody.

    Raises `SettingsError`, `RulesError`.
    """
    file = settings.organisation_file
    if file is not None:
        if settings.mode == "production" and file.exists() and file.samefile(SAMPLE):
            raise SettingsError("CCMS_ORGANISATION_FILE: these are the sample people; name the file of your own.")
        return load_organisation(file)
    return load_organisation() if settings.has_sample_people else organisation_with((), ())
