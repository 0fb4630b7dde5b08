"""The table of settings for people: `python -m deploy.settings_table` writes `docs/settings.md`."""

from pathlib import Path
from typing import Any, Final

from pydantic_core import PydanticUndefined

from shared.runtime.settings import Settings

PAGE: Final = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD: Final = """# Settings

Every setting comes from the environment. A wrong one stops the start with a sentence that names it. Secrets are not
settings: a setting names the file that holds them. This page is made by `python -m deploy.settings_table`.

| variable | default | allowed | meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    rows = Settings.model_json_schema()["properties"]
    return _HEAD + "".join(_row(name, rows[name]) for name in Settings.model_fields)


def _row(name: str, said: dict[str, Any]) -> str:
    default = Settings.model_fields[name].default
    shown = "" if default in (None, "", PydanticUndefined) else f"`{default}`"
    return f"| `CCMS_{name.upper()}` | {shown} | {_allowed(said)} | {said.get('description', '')} |\n"


def _allowed(said: dict[str, Any]) -> str:
    """What a value may be, in words."""
    plain = next((one for one in said.get("anyOf", ()) if one.get("type") != "null"), said)
    if "const" in plain:
        return f"`{plain['const']}`"
    if "enum" in plain:
        return ", ".join(f"`{value}`" for value in plain["enum"])
    if "pattern" in plain:
        return f"`{plain['pattern']}`"
    if plain.get("format") == "path":
        return "a path"
    limits = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤"}
    bounds = [f"{sign} {plain[limit]:g}" for limit, sign in limits.items() if limit in plain]
    kind = {"integer": "whole number", "number": "number", "boolean": "true, false"}.get(plain.get("type", ""), "text")
    return " ".join([kind, ", ".join(bounds)]).strip()


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(settings_page(), encoding="utf-8")
