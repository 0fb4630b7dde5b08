"""The sample week once it has been played, and those who come to look at it, each after something they did there."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from shared.identity.principal import ROLES
from tests.browser.conftest import ROOT, Portal
from tests.browser.walk import PAGE, Step, walk

STAFF: Final = ("safety_officer", "cs_manager", "agent", "assignee", "auditor", "admin")
"""Those who have most to see come first; the others see the same and less."""
FOLLOW: Final = "/complaints/follow"
ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {"kind": "complaint"},
    "what": {"body": "전기포트 손잡이가 빠져 뜨거운 물에 손을 데었어요."},
    "harm": {"hurt": "yes", "harm.persons.0.who": "complainant", "harm.persons.0.injury": "손 화상"},
    "product": {"product.name": "전기포트"},
    "when": {"place": "부엌"},
    "remedy": {"remedy_sought": "refund"},
    "files": {},
    "whom": {"for_whom": "self"},
    "contact": {"contact.phone": "010-0000-0999"},
    "consent": {"consent.processing": "true", "consent.health": "true", "of_age": "true"},
}
PRODUCTS: Final = "제품코드,제품명,제품군\nZZ-100,보온 도시락,주방\nZZ-101,,\n"
PEOPLE: Final = "사번,성명,부서,역할\nz-1,한봄,영업본부,상담\nz-2,   ,영업본부,직원\nz-3,노을,없는 부서,직원\n"
CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Tour:
    """What one visitor comes to: the cookies of their browser, where they began, and every step."""

    visitor: str
    cookies: Mapping[str, str]
    starts: Sequence[str]
    steps: Sequence[Step]


@contextmanager
def played(folder: Path) -> Iterator[Portal]:
    """The week, played on a system of its own that runs until the block ends."""
    command = [sys.executable, "-m", "deploy.cli", "demo", "--data", str(folder), "--port", "0", "--fast", "--stay"]
    demo = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "CCMS_LANGUAGE": "ko"}, stdout=subprocess.PIPE, text=True
    )
    assert demo.stdout is not None
    told = ""
    for told in demo.stdout:  # its last line is the address
        if told.startswith("http"):
            break
    assert told.startswith("http"), told
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    yield Portal(run["url"], run["accounts"]["employee"]["api_key"], run["accounts"])
    demo.send_signal(signal.SIGINT)
    assert demo.wait(60) == 0


def take_files(week: Portal) -> None:
    """Files of products and people, each with rows that are refused."""
    api, files = f"{week.url}/api", {"file": ("제품.csv", PRODUCTS.encode("cp949"), "text/csv")}
    httpx.post(f"{api}/intake/v1/product-imports", files=files, headers=week.headers_of("admin")).raise_for_status()
    headers = week.headers_of("admin") | {"Content-Type": CSV}
    url = f"{api}/sharing/v1/directory-imports?kind=people&name=people.csv&dry_run=true"
    httpx.post(url, content=PEOPLE.encode(), headers=headers).raise_for_status()


def tours(week: Portal, folder: Path) -> Iterator[Tour]:
    """Everyone who comes: consumers in each of their situations, then each role."""
    scenes: dict[str, Any] = json.loads((folder / "demo.json").read_text(encoding="utf-8"))["done"]
    yield toured(week, "public", "/", "/complaints/new", FOLLOW)
    yield toured(week, "filing", "/complaints/new/consent", sent=answers(week, done=False))
    yield toured(week, "filed", "/complaints/done", sent=answers(week, done=True))
    for visitor, scene in (("following", "tue-01"), ("answered", "fri-06"), ("settled", "wed-06")):
        yield toured(week, visitor, FOLLOW, sent={FOLLOW: {name: scenes[scene][name] for name in ("number", "secret")}})
    burn = scenes["wed-02"]
    gravest = {"safety_officer": f"/alerts/{burn['issue']}", "cs_manager": f"/intake/complaints?card={burn['number']}"}
    for role in (*STAFF, *sorted(ROLES - {"consumer", *STAFF})):
        who = {"person": week.accounts[role]["id"], "next": "/"}
        starts = ("/", gravest[role]) if role in gravest else ("/",)
        yield toured(week, role, *starts, sent={"/sign-in/samples": who})


def answers(week: Portal, *, done: bool) -> dict[str, Mapping[str, str]]:
    """The forms of the public form's questions, and its end."""
    forms: dict[str, Mapping[str, str]] = {f"/complaints/new/{step}": said for step, said in ANSWERS.items()}
    return forms | ({"/complaints/new/filings": {}} if done else {})


def toured(week: Portal, visitor: str, *starts: str, sent: Mapping[str, Mapping[str, str]] | None = None) -> Tour:
    """A visitor who sends forms first, then follows every link."""
    with httpx.Client(base_url=week.url, follow_redirects=True, timeout=20) as client:
        for path, form in (sent or {}).items():
            answer = client.post(path, data=dict(form), headers={"Origin": week.url, **PAGE})
            assert answer.is_success, (visitor, path, answer.status_code)
        steps = list(walk(client, starts))
        return Tour(visitor, dict(client.cookies), starts, steps)
