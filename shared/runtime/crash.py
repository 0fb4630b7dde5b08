"""Named points at which a test can have the process killed, to prove that nothing is lost or doubled there.

`CCMS_CRASH_AT=relay.sent:2` kills the process with SIGKILL the second time that point is reached. Without the
variable a point costs one comparison.
"""

import os
import signal

POINTS = (
    "commit.before",
    "commit.effects",
    "commit.after",
    "relay.before_send",
    "relay.sent",
    "relay.marked",
    "consumer.before_offset",
    "consumer.after_offset",
    "timer.before",
    "timer.after",
    "schema.step",
    "file.stored",
    "file.deleted",
)

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
