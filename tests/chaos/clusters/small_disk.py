"""A disk of a few hundred megabytes, kept in memory, that can be filled up."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BLOCK = bytes(1_048_576)
CAP_SYS_ADMIN = 21


class SmallDisk:
    """Mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Take every byte that is left."""
        with suppress(OSError), self._filler.open("wb", buffering=0) as file:
            while file.write(BLOCK):
                pass

    def make_room(self) -> None:
        """Give back what was taken."""
        self._filler.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount one; its content is gone with the block."""
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def may_mount() -> bool:
    """Whether this process may mount anything (Linux capabilities(7))."""
    try:
        said = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    except OSError:
        return False
    return bool(int(said["CapEff"], 16) >> CAP_SYS_ADMIN & 1)
