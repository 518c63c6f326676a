"""`hyotei sheet schema`: the JSON Schema of a sheet."""

import click

from hyotei.cli.output import json_option, lang_option, write_json


@click.command(help="help.sheet_schema.command")
@json_option
@lang_option
def schema(as_json: bool, lang: str) -> None:
    """Write the JSON Schema of a sheet."""
    from hyotei.sheet import SCHEMA, Sheet

    write_json({"$id": SCHEMA, **Sheet.model_json_schema(by_alias=True)})
