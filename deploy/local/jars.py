"""The Java archives of the embedded Kafka and of the pages' scripts: pinned, verified, cached.

`jars.lock` lists each with its SHA-256 and names no host; where they come from is jgo's own setting
(Maven Central unless its settings file says otherwise), and they are kept in this user's Maven cache.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deploy.local.errors import MissingPackage, NoNetwork, WrongChecksum, WrongLock
from deploy.local.sentence import Progress, Sentence, silent
from shared.language.i18n import _

if TYPE_CHECKING:  # an image of the services has no embedded servers and nothing that fetches them
    from jgo.maven import Artifact, MavenContext

LOCK_FILE: Final = Path(__file__).with_name("jars.lock")
_LINE = re.compile(r"(?P<coordinate>[\w.-]+:[\w.-]+:[\w.-]+) sha256=(?P<sha256>[0-9a-f]{64})")
_CHUNK: Final = 8
_AT_ONCE: Final = 8


@dataclass(frozen=True)
class Jar:
    """One pinned archive: Maven coordinate `group:artifact:version` and the SHA-256 of its file."""

    coordinate: str
    sha256: str

    def artifact(self, context: "MavenContext") -> "Artifact":
        """The archive as jgo knows it."""
        group, name, version = self.coordinate.split(":")
        return context.project(group, name).at_version(version).artifact()


def read_lock(file: Path = LOCK_FILE) -> dict[str, list[Jar]]:
    """The pinned archives by group (`kafka`, `web`); raises `WrongLock` with the line that is wrong."""
    groups: dict[str, list[Jar]] = {}
    group: list[Jar] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.partition("#")[0].strip()
        if text.startswith("[") and text.endswith("]"):
            group = groups.setdefault(text[1:-1], [])
        elif match := _LINE.fullmatch(text):
            group.append(Jar(**match.groupdict()))
        elif text:
            raise WrongLock(file=file.name, line=number)
    return groups


def fetch(jars: list[Jar], progress: Progress = silent) -> list[Path]:
    """Paths of the jars in their order; downloads what is missing (`NoNetwork`, `WrongChecksum`)."""
    context = user_context()
    missing = [jar for jar in jars if not is_cached(jar, context)]
    if missing:
        _download(missing, context, progress)
    return [_cached_path(jar, context) for jar in jars]


def user_context() -> "MavenContext":
    """Maven as this user has set it up for jgo: cache folder and repositories. Raises `MissingPackage`."""
    try:
        from jgo.config import GlobalSettings
        from jgo.constants import MAVEN_CENTRAL_URL
        from jgo.maven import MavenContext
    except ImportError as error:
        raise MissingPackage(package="jgo") from error
    settings = GlobalSettings.load()
    repositories = {"central": MAVEN_CENTRAL_URL, **settings.repositories}
    return MavenContext(repo_cache=settings.repo_cache, remote_repos=repositories, timeout=30)


def is_cached(jar: Jar, context: "MavenContext") -> bool:
    """Whether the cache has the very file that was pinned; one cut short counts as missing."""
    file = _cached_path(jar, context)
    return file.exists() and sha256_of(file) == jar.sha256


def sha256_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _cached_path(jar: Jar, context: "MavenContext") -> Path:
    path = jar.artifact(context).cached_path
    assert path is not None  # jgo always has a cache folder
    return path


def _download(missing: list[Jar], context: "MavenContext", progress: Progress) -> None:
    """Fetch into a folder of its own first, so that nobody ever sees half a file under its final name."""
    from jgo.maven import MavenContext

    context.repo_cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=context.repo_cache, prefix=".ccms-") as stage:
        staged = MavenContext(repo_cache=Path(stage), remote_repos=context.remote_repos, timeout=context.timeout)
        for done, (jar, file) in enumerate(_arrivals(missing, staged), start=1):
            _accept(jar, file, _cached_path(jar, context))
            if done % _CHUNK == 0 or done == len(missing):
                text = _("Downloading Apache Kafka: {done} of {count} files")
                progress(Sentence(text, done=done, count=len(missing)))


def _arrivals(missing: list[Jar], staged: "MavenContext") -> Iterator[tuple[Jar, Path]]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = {pool.submit(jar.artifact(staged).resolve): jar for jar in missing}
        for future in as_completed(waiting):
            try:
                yield waiting[future], future.result()
            except (OSError, RuntimeError) as error:  # requests' errors are OSErrors, jgo's are RuntimeErrors
                pool.shutdown(wait=False, cancel_futures=True)
                raise NoNetwork(missing=len(missing), reason=type(error).__name__) from error


def _accept(jar: Jar, file: Path, target: Path) -> None:
    if sha256_of(file) != jar.sha256:
        file.unlink()
        raise WrongChecksum(jar=file.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)
