"""Ports that stay the same from start to start."""

import json
import socket
from pathlib import Path

import pytest

from deploy.local.ports import HOST, choose_ports, is_free

NAMES = ("kafka", "controller", "mongo")


def test_each_name_gets_a_free_port_of_its_own(tmp_path: Path) -> None:
    ports = choose_ports(tmp_path, NAMES)
    assert len(set(ports.values())) == len(NAMES)
    assert all(is_free(port) for port in ports.values())


def test_the_next_start_takes_the_same_ports(tmp_path: Path) -> None:
    assert choose_ports(tmp_path, NAMES) == choose_ports(tmp_path, NAMES)


def test_a_port_that_somebody_took_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    before = choose_ports(tmp_path, NAMES)
    with socket.socket() as other:
        other.bind((HOST, before["kafka"]))
        other.listen()
        after = choose_ports(tmp_path, NAMES)
    assert after["kafka"] != before["kafka"]
    assert (after["controller"], after["mongo"]) == (before["controller"], before["mongo"])


@pytest.mark.parametrize("content", ["", "[]", "{", '{"kafka": "x"}', '{"kafka": 70000}', '{"kafka": -1}'])
def test_a_file_of_ports_that_makes_no_sense_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "ports.json").write_text(content)
    ports = choose_ports(tmp_path, NAMES)
    assert json.loads((tmp_path / "ports.json").read_text()) == ports
    assert all(is_free(port) for port in ports.values())
