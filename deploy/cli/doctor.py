"""`ccms doctor`: what this machine lacks to run the embedded servers, and how to get it."""

import json
from pathlib import Path

import click

from deploy.cli.speech import speak
from deploy.local.doctor import Check, examine
from shared.language.i18n import _


@click.command(
    help=_(
        "Say whether everything that `ccms up` needs is there, and how to get what is missing.\n\n"
        "Example: ccms doctor --data ./data"
    )
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("data"), show_default=True,
    help=_("Data folder to look at."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Print the checks as JSON."))
def command(data: Path, as_json: bool) -> None:
    """Print the checks; exit code 1 when one fails."""
    checks = examine(data)
    if as_json:
        click.echo(json.dumps([_row(c) for c in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            click.echo(_line(check))
    if not all(check.ok for check in checks):
        raise SystemExit(1)


def _row(check: Check) -> dict[str, object]:
    return {"name": check.name, "ok": check.ok, "found": check.found, "todo": _todo(check)}


def _line(check: Check) -> str:
    state = click.style("ok  ", fg="green") if check.ok else click.style("FAIL", fg="red")
    return f"{state} {check.name}: {check.found}" + (f"\n     {_todo(check)}" if check.todo else "")


def _todo(check: Check) -> str:
    return speak(check.todo) if check.todo else ""
