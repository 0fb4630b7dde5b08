"""Rules files: what is wrong with one is said by file, field and what would be right."""

from pathlib import Path

import pytest
from pydantic import Field

from shared.identity.organisation import SAMPLE, Organisation, load_organisation
from shared.language.hazards import HazardRules
from shared.rules import RulesError, RulesFile, find_rules, load_rules
from tests.unit.language.dictionary import SHIPPED

HEAD = 'version: "1"\neffective: 2026-01-31\nsource: the law\n'


class Limits(RulesFile):
    """A rules file for these tests."""

    days: int = Field(ge=1)
    names: list[str] = Field(default_factory=list)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "limits.yaml"


def refused(path: Path, text: str) -> RulesError:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        load_rules(path, Limits)
    return error.value


def test_a_good_file_is_read_exactly(path: Path) -> None:
    path.write_text(HEAD + "days: 5\nnames: [가]\n", encoding="utf-8")
    limits = load_rules(path, Limits)
    assert (limits.version, str(limits.effective), limits.days, limits.names) == (
        "1",
        "2026-01-31",
        5,
        ["가"],
    )


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        (HEAD, "days", "is missing"),
        (HEAD + "days: five\n", "days", "valid integer"),
        (HEAD + "days: 0\n", "days", "greater than or equal to 1"),
        (HEAD + "days: 5\ndayz: 5\n", "dayz", "correct its spelling"),
        (HEAD + "days: 5\nnames: [no]\n", "names[0]", "put it in quotes"),
        (HEAD.replace("2026-01-31", "'soon'") + "days: 5\n", "effective", "2026-01-31"),
        (HEAD + "days: 5\ndays: 6\n", "line 5", "stands twice"),
        (HEAD + "days: [5\n", "line 5", "not valid YAML"),
        ("- 1\n", "", "mapping"),
        ("", "", "mapping"),
        ("!!python/object:os.system {}\n", "line 1", "not valid YAML"),
    ],
)
def test_a_bad_file_is_refused_with_field_and_remedy(path: Path, text: str, field: str, problem: str) -> None:
    error = refused(path, text)
    assert (error.file, error.field) == (str(path), field)
    assert problem in error.problem


@pytest.mark.parametrize("odd", ["2026-13-41", "!!int x", "!!float x", "!!bool x", "!!timestamp x", "!!set [1]"])
def test_a_value_that_is_none_of_its_kind_is_refused_in_words(path: Path, odd: str) -> None:
    assert "not valid YAML" in refused(path, f"{HEAD}days: {odd}\n").problem


@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "[\n"])
def test_endless_nesting_is_refused_and_ends_no_process(path: Path, opened: str) -> None:
    assert "nested deeper" in refused(path, opened * 100_000).problem


def test_a_file_that_is_no_text_is_refused(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RulesError, match="UTF-8"):
        load_rules(path, Limits)


def test_a_file_that_is_not_there_is_refused_by_name(path: Path) -> None:
    with pytest.raises(RulesError, match=r"limits\.yaml.*cannot be read"):
        load_rules(path, Limits)


def test_a_huge_file_is_refused_unread(path: Path) -> None:
    path.write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(RulesError, match="larger than"):
        load_rules(path, Limits)


def test_the_administrators_file_wins_over_the_shipped_one(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder in (shipped, own):
        folder.mkdir()
    (shipped / "limits.yaml").touch()
    assert find_rules("limits.yaml", shipped, own) == shipped / "limits.yaml"
    (own / "limits.yaml").touch()
    assert find_rules("limits.yaml", shipped, own) == own / "limits.yaml"


def test_a_folder_or_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="is not a folder"):
        find_rules("limits.yaml", tmp_path, tmp_path / "nowhere")
    with pytest.raises(RulesError, match="plain file name"):
        find_rules("../limits.yaml", tmp_path)
    with pytest.raises(RulesError, match="was not found"):
        find_rules("limits.yaml", tmp_path)
    with pytest.raises(RulesError, match="is not a folder"):
        find_rules("limits.yaml", tmp_path, Path("x" * 5_000))


def test_a_hazard_dictionary_with_a_broken_phrase_names_the_phrase(path: Path) -> None:
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("골절", "골절(", 1), encoding="utf-8")
    with pytest.raises(RulesError, match=r"words\[\d+\].*a bracket is not closed"):
        HazardRules.load(path)


def test_a_hazard_dictionary_with_an_unknown_list_names_the_known_ones(path: Path) -> None:
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("@kin(", "@kinn(", 1), encoding="utf-8")
    with pytest.raises(RulesError, match=r'there is no list "kinn"; one of .*kin'):
        HazardRules.load(path)


def test_the_sample_organisation_has_a_duty_chain_and_every_role() -> None:
    organisation = load_organisation()
    assert len(organisation.with_role("safety_officer")) >= 3
    for role in ("cs_manager", "ceo", "cco", "hr", "committee", "admin", "auditor", "agent", "executive"):
        assert organisation.with_role(role), role
    for department in organisation.departments:
        assert {organisation.person(id) is not None for id in department.levels} == {True}


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ("head: p-001", "head: p-999", 'there is no person "p-999"'),
        ("department: production", "department: produktion", 'there is no department "produktion"'),
        ("roles: [employee]", "roles: [emperor]", '"emperor" is no role; one of admin'),
        ("id: p-002,", "id: p-001,", '"p-001" stands twice'),
    ],
)
def test_an_organisation_that_does_not_fit_together_is_refused(
    path: Path, written: str, instead: str, problem: str
) -> None:
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(RulesError, match=problem):
        load_rules(path, Organisation)


@pytest.mark.parametrize("wrong", ["true", "[한, 1]", "{a: b}"])
def test_a_list_of_the_hazard_dictionary_that_is_none_is_named(path: Path, wrong: str) -> None:
    path.write_text(
        SHIPPED.read_text(encoding="utf-8").replace("\nlists:\n", f"\nlists:\n  odd: {wrong}\n", 1), "utf-8"
    )
    with pytest.raises(RulesError, match=r"lists\.odd"):
        HazardRules.load(path)
