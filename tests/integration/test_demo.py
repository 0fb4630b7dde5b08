"""`ccms demo`: the sample week on a system of its own, from the first filing to the card that closed."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.demo.material import complaints_of, load_week
from deploy.demo.terminal import width
from tests.integration.processes import ROOT

TOLD = complaints_of(load_week())
PATIENCE = 110


@dataclass
class Played:
    """What the play left behind: its own notes, and the system, asked as the customer office."""

    folder: Path
    office: httpx.Client

    @property
    def journal(self) -> dict[str, Any]:
        """What the play noted."""
        return dict(json.loads((self.folder / "demo.json").read_text(encoding="utf-8")))

    def id(self, scene: str) -> str:
        """The id of a complaint of the week."""
        return str(self.journal["done"][scene]["id"])

    def get(self, path: str) -> dict[str, Any]:
        """A resource."""
        answer = self.office.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return dict(answer.json())

    def card(self, scene: str) -> dict[str, Any]:
        """The card of a complaint of the week."""
        return self.get(f"/api/intake/v1/complaints/{self.id(scene)}")

    def issue(self, scene: str) -> dict[str, Any]:
        """The issue that a complaint is counted in, which may be one that its own was joined to."""
        found = self.get(f"/api/alerts/v1/issues/{self.journal['done'][scene]['issue']}")
        joined = found["joined_into"]
        return self.get(f"/api/alerts/v1/issues/{joined}") if joined else found

    def everything(self, path: str) -> list[dict[str, Any]]:
        """Every item of a list."""
        items, after = list[dict[str, Any]](), ""
        while True:
            page = self.get(f"{path}?limit=100{after}")
            items += page["items"]
            if not page["next"]:
                return items
            after = f"&after={page['next']}"


def demo(folder: Path, *options: str) -> list[str]:
    """The command line of a play without pauses, in Korean."""
    said = ("--data", str(folder), "--port", "0", "--fast", "--language", "ko")
    return [sys.executable, "-m", "deploy.cli", "demo", *said, *options]


@contextmanager
def staying(folder: Path) -> Iterator[Played]:
    """The whole week, played on a system that goes on running until the block ends."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CCMS_")}
    told = (folder / "told.txt").open("wb")
    process = subprocess.Popen(demo(folder), cwd=ROOT, env=plain, stdout=subprocess.PIPE, stderr=told)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            told.write(line)
            if "Ctrl-C" in line.decode():
                break
        else:
            told.close()
            raise AssertionError((folder / "told.txt").read_text(encoding="utf-8")[-3000:])
        told.flush()
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        key = run["accounts"]["cs_manager"]["api_key"]
        with httpx.Client(base_url=run["url"], headers={"Authorization": f"Bearer {key}"}, timeout=15) as office:
            yield Played(folder, office)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, "it ends in order, with what it started"
    finally:
        process.kill()
        process.wait()
        told.close()


@pytest.mark.timeout(300)
def test_the_week_is_played_to_its_end(tmp_path: Path) -> None:
    with staying(tmp_path) as played:
        everything_was_filed_once(played)
        what_was_serious_was_raised_and_nothing_else(played)
        people_were_called_and_came(played)
        what_is_alike_came_together(played)
        the_card_closed_when_the_cause_was_gone_and_not_before(played)
        its_customer_reads_that_it_is_over(played)
        everybody_was_answered_alike(played)
        nothing_is_played_twice(played)
        it_is_played_anew_when_asked(played)
    it_read_well(tmp_path)


def everything_was_filed_once(played: Played) -> None:
    listed = played.everything("/api/intake/v1/complaints")
    assert len(listed) == len({one["number"] for one in listed}) == len(TOLD)
    ways = {"form": "web", "phone": "phone", "staff": "employee", "shop": "shop"}
    wanted = Counter(told.channel or ways[told.way] for told in TOLD.values())
    assert Counter(one["channel"] for one in listed) == wanted
    assert played.journal["finished"]


def what_was_serious_was_raised_and_nothing_else(played: Played) -> None:
    for scene, told in TOLD.items():
        if told.kind not in ("complaint", "damage"):
            assert "issue" not in played.journal["done"][scene], f"{scene} is {told.kind} and belongs to no issue"
        elif told.expect.serious:
            assert played.issue(scene)["step"] >= 2, scene
        elif told.expect.trap:
            assert played.issue(scene)["step"] < 2, f"{scene}: {told.expect.trap}"


def people_were_called_and_came(played: Played) -> None:
    burn = played.issue("wed-02")
    assert burn["step"] == 3
    assert burn["call"]["acknowledged_by"] == "p-027"
    assert [item["id"] for item in burn["checklist"] if item["step"] == 3 and item["state"] != "done"] == []
    assert [order["kind"] for order in burn["containments"]].count("stop_sale") == 1
    whom_notices_reach(played, burn)
    assert played.issue("wed-01")["step"] == 1, "the fifth late delivery"
    issues = played.everything("/api/alerts/v1/issues")
    waiting = [one["id"] for one in issues if one["call"] and not one["call"]["acknowledged_by"]]
    assert waiting == [played.issue("sun-06")["id"]], "one call is left for whoever watches"


def whom_notices_reach(played: Played, burn: dict[str, Any]) -> None:
    held = {one["issue_id"]: one for one in played.get("/api/alerts/v1/notices")["items"]}
    assert set(held) == {burn["id"], played.issue("wed-03")["id"]}
    assert held[burn["id"]]["must_read"]
    with httpx.Client(base_url=played.office.base_url, timeout=15) as anyone:
        public = anyone.get("/alerts/notices/public").text
    assert "호두 알레르기가 있으면 드시지 마십시오" in public
    assert held[burn["id"]]["title"] not in public, "staff alone read what staff have to do"
    drafts = played.get("/api/alerts/v1/notices?state=draft")["items"]
    assert [(draft["season"], draft["title"] in public) for draft in drafts] == [({"first": 11, "last": 3}, False)]


def what_is_alike_came_together(played: Played) -> None:
    for group in ("dumpling-plastic", "blanket-burning", "blanket-burn", "pie-label", "rice", "leak", "pots-late"):
        scenes = [scene for scene, told in TOLD.items() if told.expect.alike == group]
        assert len({played.issue(scene)["id"] for scene in scenes}) == 1, group
    assert played.issue("tue-01")["id"] == played.issue("wed-02")["id"], "the safety officer joined them"
    assert played.issue("fri-06")["id"] == played.issue("mon-09")["id"]


def the_card_closed_when_the_cause_was_gone_and_not_before(played: Played) -> None:
    card = played.card("wed-06")
    assert (card["state"], card["cause_state"], card["open"]) == ("resolved", "verified", False)
    assert card["cause_side"]["verification"]["evidence"] == "figures"
    assert {one["department"] for one in card["cause_side"]["subcases"]} == {"production", "quality_safety"}
    assert all(one["cause"] and one["prevention"] for one in card["cause_side"]["subcases"])
    assert card["customer_side"]["rating"]["stars"] == 5
    timeline = played.everything(f"/api/intake/v1/complaints/{card['id']}/timeline")
    happened = [entry["what"] for entry in timeline]
    assert happened.index("accepted") < happened.index("verified") <= happened.index("closed")
    assert played.card("wed-02")["open"], "nobody has found the cause of the burn yet"


def its_customer_reads_that_it_is_over(played: Played) -> None:
    noted, url = played.journal["done"]["wed-06"], played.office.base_url
    with httpx.Client(base_url=url, headers={"Origin": str(url).rstrip("/")}, follow_redirects=True) as customer:
        page = customer.post("/complaints/follow", data={"number": noted["number"], "secret": noted["secret"]}).text
    assert "원인이 제거된 것도 확인했습니다" in page
    assert "제거될 때까지" not in page


def everybody_was_answered_alike(played: Played) -> None:
    abusive = played.card("wed-05")
    assert abusive["state"] == "resolved"
    assert abusive["customer_side"]["answers"][-1]["remedies"] == ["refund"]
    assert played.card("tue-14")["state"] == "resolved"


def nothing_is_played_twice(played: Played) -> None:
    again = subprocess.run(demo(played.folder), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == 0, again.stderr
    assert "이미 진행했습니다" in again.stdout
    assert len(played.everything("/api/intake/v1/complaints")) == len(TOLD)


def it_is_played_anew_when_asked(played: Played) -> None:
    """Monday alone, as a play of its own."""
    monday = [scene for scene in TOLD if scene.startswith("mon")]
    command = demo(played.folder, "--again", "--days", "1")
    anew = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert anew.returncode == 0, anew.stderr
    assert len(played.everything("/api/intake/v1/complaints")) == len(TOLD) + len(monday)
    assert played.journal["play"] == 2


def it_read_well(folder: Path) -> None:
    said = (folder / "told.txt").read_text(encoding="utf-8")
    assert "\x1b" not in said, "no colours where there is no terminal"
    assert all(width(line) <= 80 for line in said.splitlines() if "http" not in line and str(folder) not in line)
    for told in TOLD.values():
        assert told.contact is None or told.contact.phone is None or told.contact.phone not in said
