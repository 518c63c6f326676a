"""`hyotei verdict schema`: the JSON Schemas of a verdict, of its certainty, and of the way to another."""

import click

from hyotei.cli.output import json_option, lang_option, write_json


@click.command(help="help.verdict_schema.command")
@click.option(
    "--of",
    "kind",
    type=click.Choice(["verdict", "certain", "reach"]),
    default="verdict",
    show_default=True,
    help="help.verdict_schema.of",
)
@json_option
@lang_option
def schema(kind: str, as_json: bool, lang: str) -> None:
    """Write the JSON Schema of a verdict."""
    from pydantic import TypeAdapter

    from hyotei.base.result_json import result_schema
    from hyotei.proof.certainty.model import CERTAIN_SCHEMA, REACH_SCHEMA, Certainty, Reach
    from hyotei.verdict.model import SCHEMA, VerdictData

    if kind == "certain":
        write_json(result_schema(Certainty, CERTAIN_SCHEMA))
    elif kind == "reach":
        write_json(result_schema(Reach, REACH_SCHEMA))
    else:
        write_json({"$id": SCHEMA, **TypeAdapter(VerdictData).json_schema()})
