"""An address of MongoDB that is none: said in words, without the address, before anything is connected."""

import pytest

from deploy.cli.explain import explain
from shared.db.client import Mongo, WrongAddress


@pytest.mark.parametrize("address", ["", "http://secret-host", "mongodb://[::1", "mongodb://secret-host:99999"])
def test_what_is_no_address_is_explained(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCMS_LANGUAGE", "en")
    with pytest.raises(WrongAddress) as wrong:
        Mongo(address, "db")
    said = explain(wrong.value) or ""
    assert said.startswith("CCMS_MONGO is no address of MongoDB (")
    assert "secret" not in said
