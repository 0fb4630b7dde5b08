"""Front-end libraries out of WebJars (zips from Maven): served by us, no CDN, nothing vendored."""

import os
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

VERSIONS: Final = {"htmx.org": "2.0.10"}
"""Of `org.webjars.npm`; the one place that pins them."""

FILES: Final = {"htmx.min.js": ("htmx.org", "dist/htmx.min.js")}
"""Asset name → library and the file inside it."""


def webjar(name: str, folder: Path) -> Path | None:
    """The library's jar in `folder`: directly in it, or laid out as Maven lays out `org.webjars.npm`."""
    version = VERSIONS[name]
    jar = f"{name}-{version}.jar"
    return next((path for path in (folder / jar, folder / name / version / jar) if os.path.isfile(path)), None)


def webjar_files(folder: Path | None) -> dict[str, bytes]:
    """The asset files in the jars of `folder`; a missing library is left out, pages work without."""
    if folder is None:
        return {}
    found = {asset: _read(folder, name, inner) for asset, (name, inner) in FILES.items()}
    return {asset: content for asset, content in found.items() if content is not None}


def _read(folder: Path, name: str, inner: str) -> bytes | None:
    jar = webjar(name, folder)
    if jar is None:
        return None
    try:
        with ZipFile(jar) as archive:
            return archive.read(f"META-INF/resources/webjars/{name}/{VERSIONS[name]}/{inner}")
    except (BadZipFile, KeyError):
        return None
