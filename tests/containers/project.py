"""A compose project of docker-compose.yml with secrets and volumes of its own, thrown away at the end."""

import json
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.containers.servers import CONTAINERS, ROOT

OLDER: Final = "older"
NEW: Final = "0.1.0"
CADDY: Final[str] = CONTAINERS["gateway"]["image"]
AN_OLDER_IMAGE: Final = f"""
FROM ccms:{NEW}
USER 0
RUN python -c "import compileall, pathlib, services.alerts.repository.steps as s; f = pathlib.Path(s.__file__); \\
f.write_text(f.read_text() + chr(10) + 'STEPS = STEPS[:-1]' + chr(10)); compileall.compile_file(f, force=True, quiet=1)"
USER 10001:10001
"""


@dataclass(frozen=True)
class Project:
    """Commands of one project; `version` is the image's."""

    environment: dict[str, str]
    version: str = NEW

    def compose(self, *arguments: str, check: bool = True) -> str:
        """Run `docker compose …`; its standard output. Fails with what it said."""
        command = ["docker", "compose", *arguments]
        environment = os.environ | self.environment | {"VERSION": self.version}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def up(self, *options: str) -> None:
        """Start what there are images for, and wait until all of it is ready."""
        wanted = [name for name in self.compose("config", "--services").split() if name != "gateway" or has_gateway()]
        self.compose("up", "--wait", "--wait-timeout", "600", *options, *wanted)

    def ccms(self, *arguments: str) -> str:
        """A command as administrator; the last line of what it printed."""
        return self.compose("run", "--rm", "-T", "ccms", *arguments).strip().splitlines()[-1]

    def containers(self, service: str) -> list[dict[str, Any]]:
        """What Docker knows of a service's containers."""
        ids = self.compose("ps", "-q", service).split()
        found: list[dict[str, Any]] = json.loads(_docker("inspect", *ids))
        return found

    def url(self, service: str) -> str:
        """Where a service's API is reached: through the gateway, or at its own address where there is none."""
        if has_gateway():
            return f"https://localhost:{self.environment['HTTPS_PORT']}"
        networks = self.containers(f"{service}-api")[0]["NetworkSettings"]["Networks"]
        return f"http://{next(iter(networks.values()))['IPAddress']}:8000"

    def mongo(self, script: str) -> Any:
        """What a script answers as JSON, as administrator of MongoDB."""
        password = (Path(self.environment["SECRETS"]) / "mongo-admin").read_text()
        url = f"mongodb://admin:{password}@localhost:27017/?replicaSet=ccms&directConnection=true"
        command = ["mongosh", "--quiet", url, "--eval", f"JSON.stringify({script})"]
        return json.loads(self.compose("exec", "-T", "mongo-1", *command).strip().splitlines()[-1])


@contextmanager
def project(folder: Path, **environment: str) -> Iterator[Project]:
    """One that is removed with all that it kept."""
    subprocess.run(["sh", ROOT / "deploy/compose/secrets.sh", folder], check=True, capture_output=True)
    port, third = 20_000 + secrets.randbelow(20_000), secrets.randbelow(250)
    said = {
        "PROJECT": f"ccms-test-{secrets.token_hex(3)}",
        "SECRETS": str(folder),
        "HTTP_PORT": str(port),
        "HTTPS_PORT": str(port + 1),
        "FRONT_SUBNET": f"100.98.{third}.0/24",
    }
    made = Project(said | environment)
    try:
        yield made
    finally:
        made.compose("--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "10", check=False)


def make_images() -> None:
    """The image of what stands here, and one of the version before, whose schema is older."""
    _docker("compose", "build", "prepare")
    _docker("build", "-t", f"ccms:{OLDER}", "-", text=AN_OLDER_IMAGE)


def has_gateway() -> bool:
    """Whether the gateway's image is here or can be had."""
    return not _fails("image", "inspect", CADDY) or not _fails("pull", "-q", CADDY)


def _docker(*arguments: str, text: str | None = None) -> str:
    done = subprocess.run(["docker", *arguments], cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def _fails(*arguments: str) -> bool:
    return subprocess.run(["docker", *arguments], capture_output=True, check=False).returncode != 0
