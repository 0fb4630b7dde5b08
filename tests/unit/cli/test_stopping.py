"""Stopping: asked twice in one breath is asked once; asked again later, it ends at once."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, sys
from deploy import http

async def serve():
    stop = http.Stop()
    stop.serving = True
    print("ready", flush=True)
    await stop.asked.wait()
    print("asked", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)

http.SAME = float(sys.argv[1])
asyncio.run(serve())
"""


@pytest.mark.parametrize(("same", "code"), [("60", 0), ("0", 1)])
def test_a_signal_that_comes_twice(same: str, code: int) -> None:
    command = [sys.executable, "-c", PROGRAM, same]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGTERM)
        if code == 0:
            process.stdin.write("end\n")
            process.stdin.flush()
        assert process.wait(20) == code
