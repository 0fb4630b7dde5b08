"""`ccms serve` with a clock that goes wrong: `python -m tests.chaos.clusters.shifted SERVICE --host H --port P`.

Seconds by which it is wrong stand in the file that `SHIFTED_BY` names, and are read at each look.
"""

import asyncio
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from deploy import registry
from deploy.http import Listening, Stop, serve_until
from shared.obs.log import start_logging
from shared.runtime.app import service_app, with_probes
from shared.runtime.clock import SystemClock
from shared.runtime.settings import load_settings

VARIABLE = "SHIFTED_BY"


class ShiftedClock:
    """The machine's clock, wrong by what stands in a file."""

    def __init__(self, file: Path) -> None:
        self._file, self._true = file, SystemClock()

    def now(self) -> datetime:
        """The time as this process believes it to be."""
        return self._true.now() + timedelta(seconds=float(self._file.read_text() or 0))


async def main(service: str, host: str, port: int) -> None:
    """Serve until a signal."""
    stop, settings = Stop(), load_settings()
    start_logging(settings.log_level, settings.log_format)
    app = service_app(registry.service(service), settings, clock=ShiftedClock(Path(os.environ[VARIABLE])))
    listening = Listening.on(port, host)

    async def started() -> None:
        print(f"ready {listening.url}", file=sys.stderr, flush=True)

    await serve_until(with_probes(app, [app]), listening, [app], stop, started)


if __name__ == "__main__":
    _, name, _, address, _, number = sys.argv
    asyncio.run(main(name, address, int(number)))
