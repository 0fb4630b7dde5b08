"""Invented people never come into a production system."""

import pytest

from shared.identity.organisation import SAMPLE
from shared.runtime.people import organisation_of
from shared.runtime.settings import Settings, SettingsError, load_settings


def test_a_local_start_has_the_invented_company_unless_it_is_to_be_empty() -> None:
    assert organisation_of(load_settings(mode="local")).people
    assert not organisation_of(load_settings(mode="local", sample_people=False)).people


def test_production_without_a_file_has_nobody() -> None:
    settings = load_settings(mode="production")
    assert not settings.has_sample_people
    assert not organisation_of(settings).people


def test_production_refuses_to_start_with_the_invented_people() -> None:
    with pytest.raises(SettingsError, match="CCMS_SAMPLE_PEOPLE"):
        load_settings(mode="production", sample_people=True)
    with pytest.raises(SettingsError, match="CCMS_ORGANISATION_FILE"):
        organisation_of(Settings(mode="production", organisation_file=SAMPLE))
