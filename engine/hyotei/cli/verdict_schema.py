"""`hyotei verdict schema`: the JSON Schema of a verdict."""

import click

from hyotei.cli.output import json_option, lang_option, write_json


@click.command()
@json_option
@lang_option
def schema(as_json: bool, lang: str) -> None:
    """判定（rate --json）の JSON Schema を書く。 / Write the JSON Schema of a verdict."""
    from pydantic import TypeAdapter

    from hyotei.verdict.model import SCHEMA, VerdictData

    write_json({"$id": SCHEMA, **TypeAdapter(VerdictData).json_schema()})
