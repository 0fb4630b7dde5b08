"""Playbook and containment orders as a company may write them: what is wrong is refused by its field."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.alerts.domain.containment_rules import ContainmentRules
from services.alerts.domain.playbook import Playbook
from services.alerts.service import FOLDER, rules_of
from shared.identity.organisation import load_organisation
from shared.rules import RulesError, load_rules
from shared.runtime.settings import Settings


def shipped(name: str) -> Any:
    return yaml.safe_load((FOLDER / "rules" / name).read_text("utf-8"))


def written(folder: Path, content: Any) -> Path:
    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def test_every_shipped_action_and_order_belongs_to_somebody() -> None:
    rules, company = rules_of(Settings(mode="local")), load_organisation()
    for step in rules.playbook.steps:
        for action in step.actions:
            people = company.with_role(action.role)
            assert [p for p in people if action.department in (None, p.department)], action.id
    for kind in rules.containment.kinds:
        assert all(company.department(code) for code in kind.departments), kind.kind


def test_an_action_that_stands_twice_is_refused(tmp_path: Path) -> None:
    playbook = shipped("playbook.yaml")
    playbook["steps"][1]["actions"][0]["id"] = "stop-sale"
    with pytest.raises(RulesError, match='"stop-sale" stands twice'):
        load_rules(written(tmp_path, playbook), Playbook)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("role", "janitor", "is no role"),
        ("within", 0, "greater than 0"),
        ("mandatory", "yes", "boolean"),
        ("id", "A b", "pattern"),
    ],
)
def test_what_is_wrong_with_an_action_is_named(tmp_path: Path, field: str, value: Any, said: str) -> None:
    playbook = shipped("playbook.yaml")
    playbook["steps"][0]["actions"][0][field] = value
    with pytest.raises(RulesError, match=said) as refused:
        load_rules(written(tmp_path, playbook), Playbook)
    assert refused.value.field == f"steps[0].actions[0].{field}"


def test_an_order_that_stands_twice_is_refused(tmp_path: Path) -> None:
    containment = shipped("containment.yaml")
    containment["kinds"].append(containment["kinds"][0])
    with pytest.raises(RulesError, match='"stop_sale" stands twice'):
        load_rules(written(tmp_path, containment), ContainmentRules)
