"""What libraries may write to the log: no text of an exception, and nothing twice."""

import asyncio
import gc
import logging

import pytest
from aiokafka.errors import ProducerFenced

from shared.obs.libraries import limit_libraries


def forgotten(error: Exception) -> None:
    """A future that nobody has asked."""

    async def fail() -> None:
        raise error

    async def forget() -> None:
        task = asyncio.create_task(fail())
        await asyncio.wait([task])

    asyncio.run(forget())
    gc.collect()


def test_an_exception_that_nobody_waited_for_is_a_line_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    limit_libraries()
    forgotten(ValueError("010-1234-5678"))
    (line,) = [record.getMessage() for record in caplog.records if record.name == "asyncio"]
    assert "ValueError" in line
    assert "test_libraries.py:" in line
    assert "010-1234" not in caplog.text


def test_what_a_callback_was_called_with_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    limit_libraries()

    def call(number: str) -> None:
        raise ValueError(number)

    async def call_soon() -> None:
        asyncio.get_running_loop().call_soon(call, "010-1234-5678")
        await asyncio.sleep(0)

    asyncio.run(call_soon())
    assert "Exception in callback" in caplog.text
    assert "010-1234" not in caplog.text


def test_what_kafkas_client_has_told_its_caller_is_not_told_again(caplog: pytest.LogCaptureFixture) -> None:
    limit_libraries()
    forgotten(ProducerFenced())
    assert [record for record in caplog.records if record.name == "asyncio"] == []


def test_a_library_that_only_warns_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    limit_libraries()
    logging.getLogger("asyncio").warning("slow: %s", "callback")
    assert "slow: callback" in caplog.text
