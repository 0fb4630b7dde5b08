"""Becomes the command given, after asking the kernel to end it together with its parent (Linux only).

Usage: guard.py PARENT_PID COMMAND ARGUMENT…
Run as a program of its own because code between fork and exec is unsafe beside other threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h; survives exec


def main(parent: int, command: list[str]) -> int:
    """Replace this process; returns only when that failed, with a shell's exit code for it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            return 1  # the parent ended before it could be watched
    try:
        os.execv(command[0], command)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
    return 126


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
