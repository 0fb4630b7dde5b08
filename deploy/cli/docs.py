"""`ccms docs`: AsyncAPI, OpenAPI and JSON Schemas as files."""

import json
from pathlib import Path
from typing import Any

import click

from deploy import registry
from deploy.cli.speech import reader_language
from shared.contracts.asyncapi import asyncapi, schema_of
from shared.contracts.catalogue import CATALOGUE
from shared.language.i18n import _, translate
from shared.web.openapi import describe_routes

NOWHERE = _("{path} cannot be written ({reason}); name another folder.")


@click.command(help=_("Write AsyncAPI, OpenAPI and JSON Schemas as files into a folder.\n\nExample: ccms docs ./out"))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def command(out: Path) -> None:
    """Write the files and name them."""
    files: dict[str, Any] = {"asyncapi.json": asyncapi()}
    files |= {f"schemas/{topic}.json": schema_of(entry) for topic, entry in CATALOGUE.items()}
    for name in registry.MODULES:
        service = registry.service(name)
        files[f"openapi/{name}.json"] = describe_routes(name, service.routers, service.policy)
    for path, content in files.items():
        target = out / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as error:
            said = translate(NOWHERE, reader_language(), path=target, reason=error.strerror)
            raise click.ClickException(said) from None
        click.echo(target)
