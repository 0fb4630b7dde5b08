"""Writes `jars.lock` anew from the versions below: `python -m deploy.local.lock` (part of `make lock`).

slf4j-simple 1.7.36 stands beside Kafka because log4j's own dependency management would make jgo pick an older
kafka-clients, with which Kafka does not start.
"""

from pathlib import Path
from typing import Final

from jgo.maven import Artifact, MavenContext

from deploy.local.jars import LOCK_FILE, sha256_of, user_context
from shared.web.webjars import VERSIONS

KAFKA: Final = ("org.apache.kafka:kafka_2.13:4.3.0", "org.slf4j:slf4j-simple:1.7.36")
WEB: Final = tuple(f"org.webjars.npm:{name}:{version}" for name, version in VERSIONS.items())
_HEADER: Final = "# Written by `make lock`: coordinate and SHA-256 of every archive that the first start downloads.\n"


def main(target: Path = LOCK_FILE) -> None:
    """Resolve, download, hash, write."""
    context = user_context()
    parts = [
        _HEADER,
        _section("kafka", _with_dependencies(KAFKA, context)),
        _section("web", _alone(WEB, context)),
    ]
    target.write_text("\n".join(parts), encoding="utf-8")


def _with_dependencies(coordinates: tuple[str, ...], context: MavenContext) -> list[Artifact]:
    wanted = [context.create_dependency(c) for c in coordinates]
    roots, others = context.resolver.resolve(wanted)
    return [d.artifact for d in roots] + [d.artifact for d in others if d.scope in ("compile", "runtime")]


def _alone(coordinates: tuple[str, ...], context: MavenContext) -> list[Artifact]:
    return [context.create_dependency(c).artifact for c in coordinates]


def _section(name: str, artifacts: list[Artifact]) -> str:
    lines = (f"{a.groupId}:{a.artifactId}:{a.version} sha256={sha256_of(a.resolve())}" for a in artifacts)
    return f"[{name}]\n" + "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    main()
