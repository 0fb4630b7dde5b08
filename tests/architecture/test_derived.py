"""What a manifest calls derived is a collection of the service, made from events that the service takes."""

from dataclasses import replace

import pytest

from deploy import registry
from shared.contracts.catalogue import CATALOGUE, entry_of
from shared.db.schema import KERNEL_MODELS
from shared.runtime.rebuilding import reading_order
from tests.architecture.tree import ROOT

every_service = pytest.mark.parametrize("name", registry.MODULES)


@every_service
def test_it_is_the_services_own_and_told_by_what_it_takes(name: str) -> None:
    service = registry.service(name)
    taken = {on.model for on in service.takes}
    for derived in service.remade:
        assert derived.model in (*service.models, *KERNEL_MODELS)
        assert set(derived.told_by) <= taken


@every_service
def test_operations_say_what_is_made_again(name: str) -> None:
    said = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for derived in registry.service(name).derived:
        assert f"`{name}.{derived.model.collection}`" in said


def test_what_erases_is_read_before_all_others_whoever_wants_it() -> None:
    takes = [entry_of(on.model) for on in registry.service("alerts").takes]
    first, *others = takes
    erasing = replace(others[-1], erases=True)
    order = reading_order([*takes[:-1], erasing], {first.topic})
    assert order == [erasing.topic, first.topic]
    assert set(order) <= set(CATALOGUE)
