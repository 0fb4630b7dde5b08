"""The other ways in: files of rules, tables, settings, arguments of commands. What is wrong is refused in words."""

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import click
from click.testing import CliRunner
from hypothesis import strategies as st

from deploy.cli import group
from deploy.cli.explain import explain
from shared.db.client import Mongo
from shared.files.tables import TableError, rows
from shared.privacy.vault import read_master_keys
from shared.runtime.settings import Settings, load_settings
from shared.web.webjars import webjar_files
from tests.fuzz import files, horrors, rules_files
from tests.fuzz.findings import Finding, Report
from tests.fuzz.running import run

HARMLESS: Final = (
    "topics list",
    "topics show",
    "docs",
    "import",
    "evaluate likeness",
    "evaluate routing",
    "evaluate hazards",
)
"""Commands that can be carried out whatever stands behind them; others are stopped by an option that nobody has."""
NO_OPTION: Final = "--no-such-option"
CODES: Final = frozenset({0, 1, 2})


@dataclass(frozen=True)
class Edge:
    """A way in: what comes, and who takes it, which may say how; to refuse is to raise what is told in words."""

    name: str
    drawn: st.SearchStrategy[Any]
    take: Callable[[Any], str | None]


def fuzz(report: Report, folder: Path, cases: int, seed: object, only: str) -> None:
    """So many cases, each edge its share."""
    edges = [edge for edge in all_edges(folder) if only in edge.name]
    for edge in edges:
        run(edge.name, -(-cases // len(edges)), seed, edge.drawn, partial(_try, report, edge))


def _try(report: Report, edge: Edge, case: Any) -> None:
    try:
        how = edge.take(case)
    except Exception as error:
        if is_in_words(error):
            report.count(edge.name, "refused")
            return
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
        report.note(Finding(edge.name, fault, f"{error!s:.300} ← {case!r:.700}"))
        report.count(edge.name, "broke")
        return
    report.count(edge.name, how or "taken")


def is_in_words(error: Exception) -> bool:
    """Whether a person is told what is wrong, and no traceback is shown."""
    return isinstance(error, TableError) or explain(error) is not None


def all_edges(folder: Path) -> Iterator[Edge]:
    """Every one. Files are written into the folder."""
    yield Edge("settings", _environments(), _start_with)
    contents = st.tuples(st.sampled_from(files.samples()), st.integers(0, 10**6), st.binary(min_size=1, max_size=9))
    yield Edge("tables", contents, _read_table)
    for rules in rules_files.all_of_them():
        yield Edge(f"rules {rules.name}", rules.drawn, partial(rules.load, folder))
    table = folder / "표.csv"
    table.write_bytes(files.PRODUCTS.encode())
    for path, command in _commands(group, ()):
        yield Edge(f"ccms {path}", _arguments(command, table), partial(_call, path))


def _environments() -> st.SearchStrategy[dict[str, str]]:
    names = st.sampled_from([f"CCMS_{name.upper()}" for name in Settings.model_fields])
    sendable = horrors.texts.filter(lambda text: "\x00" not in text and _is_utf8(text))
    return st.dictionaries(names, st.one_of(sendable, st.sampled_from(("/", "/dev/null", "x" * 5_000))), max_size=4)


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _start_with(environment: dict[str, str]) -> None:
    """What a process does with its settings before it does anything else."""
    with patch.dict(os.environ, {"CCMS_MODE": "local", **environment}):
        settings = load_settings()
        rules_files.find_in(settings)
        webjar_files(settings.webjars)
        Mongo(settings.mongo, "ccms").close()
        if settings.master_key_file is not None:
            read_master_keys(settings.master_key_file)


def _read_table(case: tuple[bytes, int, bytes]) -> None:
    """A file that was damaged somewhere."""
    content, place, noise = case
    at = place % (len(content) + 1)
    for _row in rows(BytesIO(content[:at] + noise + content[at + len(noise) :]), "a.csv"):
        pass


def _commands(command: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if isinstance(found, click.Group):
            yield from _commands(found, (*path, name))
        elif found is not None:
            yield " ".join((*path, name)), found


def _arguments(command: click.Command, table: Path) -> st.SearchStrategy[list[str]]:
    options = [name for each in command.params for name in each.opts if name.startswith("--")]
    values = st.one_of(
        horrors.texts, horrors.long_texts.map(lambda text: text[:2_000]), st.just(str(table)), st.just("code")
    )
    usable = values.filter(lambda text: "\x00" not in text and _is_utf8(text))
    pairs = st.tuples(st.sampled_from([*options, "--json", "--help"]), usable).map(list)
    parts: st.SearchStrategy[Sequence[str]] = st.one_of(
        pairs, pairs, usable.map(lambda text: [text]), st.just([str(table)])
    )
    return st.lists(parts, max_size=5).map(lambda many: [one for part in many for one in part])


def _call(path: str, said: Sequence[str]) -> str:
    """A command with these arguments, in a folder of its own."""
    runner, extra = CliRunner(), [] if path in HARMLESS else [NO_OPTION]
    with runner.isolated_filesystem(), _nothing_there():
        done = runner.invoke(group, [*path.split(), *extra, *said])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    if done.exit_code not in CODES:
        raise RuntimeError(f"exit code {done.exit_code}")
    return "refused" if done.exit_code else "taken"


@contextmanager
def _nothing_there() -> Iterator[None]:
    with patch.dict(os.environ, {"CCMS_KAFKA": "127.0.0.1:1", "CCMS_MONGO": "mongodb://127.0.0.1:1"}):
        yield
