"""Named points at which a test can have the process killed, to prove that nothing is lost or doubled there.

`CCMS_CRASH_AT=relay.sent:2` kills the process with SIGKILL the second time that point is reached. Without the
variable a point costs one comparison.
"""

import os
import signal
from typing import Final

_WRITING: Final = ("api", "consumers", "jobs")

POINTS: Final[dict[str, tuple[str, ...]]] = {
    "commit.before": _WRITING,
    "commit.effects": _WRITING,
    "commit.after": _WRITING,
    "commit.apart": ("api", "consumers"),
    "relay.before_send": ("relay",),
    "relay.in_transaction": ("relay",),
    "relay.sent": ("relay",),
    "relay.marked": ("relay",),
    "consumer.before_dead": ("consumers",),
    "consumer.before_offset": ("consumers",),
    "consumer.after_offset": ("consumers",),
    "timer.before": ("jobs",),
    "timer.after": ("jobs",),
    "schema.step": ("api", "consumers", "relay", "jobs"),
    "file.stored": ("api",),
    "file.deleted": ("jobs",),
    "backup.batch": (),
    "backup.written": (),
    "restore.part": (),
    "restore.loaded": (),
    "rebuild.read": (),
    "rebuild.mended": (),
}
"""Every point, and the roles of the processes that pass there; `tests/integration/crash` tries each with each.

Those without a role are passed by an operator's command: `tests/integration/restore` tries them.
"""

_at, _, _times = os.environ.get("CCMS_CRASH_AT", "").partition(":")
_left = int(_times or 1) if _at else 0


def point(name: str) -> None:
    """The process is here; it dies if a test asked for that."""
    global _left
    if name != _at:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
