"""Front-end libraries that are not where they should be: pages work without."""

from pathlib import Path

import pytest

from shared.web.webjars import webjar_files


@pytest.mark.parametrize("folder", [None, Path("/dev/null"), Path("nowhere"), Path("x" * 5_000)])
def test_a_folder_that_is_none_gives_no_library(folder: Path | None) -> None:
    assert webjar_files(folder) == {}
