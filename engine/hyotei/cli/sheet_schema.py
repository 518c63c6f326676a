"""`hyotei sheet schema`: the JSON Schema of a sheet."""

import click

from hyotei.cli.output import json_option, lang_option, write_json


@click.command(help="help.sheet_schema.command")
@json_option
@lang_option
def schema(as_json: bool, lang: str) -> None:
    """Write the JSON Schema of a sheet."""
    from hyotei.sheet.json_schema import sheet_schema

    write_json(sheet_schema())
