"""`hyotei verdict`: the schema of verdicts."""

import click

from hyotei.cli import LazyGroup


@click.group(cls=LazyGroup, commands_at={"schema": "hyotei.cli.verdict_schema:schema"}, help="help.verdict.command")
def verdict() -> None:
    """Verdicts."""
