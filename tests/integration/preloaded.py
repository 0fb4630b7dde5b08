"""`ccms` forked from a process that has the services loaded: it starts in a quarter of the time."""

import importlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from shared.runtime import crash

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.integration.loaded"])


class Preloaded:
    """A process like one of `subprocess.Popen`, for `ccms ARGUMENTS` with this environment.

    It writes to `log`, what goes wrong to `errors` if that is another file.
    """

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, errors: Path | None = None
    ) -> None:
        self._process = _FORKS.Process(target=_run, args=(arguments, environment, log, errors or log), daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit code, negative for the signal that killed it; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The same."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Its exit code, once it has ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """With -9."""
        self.send_signal(signal.SIGKILL)


def _run(arguments: Sequence[str], environment: Mapping[str, str], log: Path, errors: Path) -> None:
    """What a shell does before a program, and the program."""
    from deploy.cli import main

    os.environ.clear()
    os.environ.update(environment)
    for number, file in ((1, log), (2, errors)):
        with file.open("ab", buffering=0) as out:
            os.dup2(out.fileno(), number)
    importlib.reload(crash)  # it looks into the environment when it is loaded
    sys.argv = ["ccms", *arguments]
    main()
