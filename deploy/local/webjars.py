"""The scripts of the pages in a folder: for `ccms up`, and for an image by `python -m deploy.local.webjars FOLDER`."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy.local import jars


def place(archives: Iterable[Path], folder: Path) -> None:
    """Copy archives into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for archive in archives:
        shutil.copyfile(archive, folder / archive.name)


if __name__ == "__main__":
    place(jars.fetch(jars.read_lock()["web"]), Path(sys.argv[1]))
