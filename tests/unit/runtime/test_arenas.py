"""What threads needed at their busiest is not kept by each of them."""

import subprocess
import sys

BUSY = """
import re, sys, tempfile, threading, ctypes
from shared.runtime import arenas
if sys.argv[1] == "shared":
    arenas.share_arenas()
all_here = threading.Barrier(8)
def work():
    all_here.wait()
    held = [bytes(2_000) for _ in range(2_000)]
    all_here.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
with tempfile.NamedTemporaryFile() as file:
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    libc.malloc_info(0, ctypes.c_void_p(libc.fopen(file.name.encode(), b"w"))), libc.fflush(None)
    print(len(re.findall("<heap nr=", open(file.name).read())))
"""


def pools(how: str) -> int:
    """Pools that a process with eight busy threads has."""
    done = subprocess.run([sys.executable, "-c", BUSY, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_threads_share_two_pools() -> None:
    assert sys.platform != "linux" or (pools("shared") == 2 < pools("as usual"))
