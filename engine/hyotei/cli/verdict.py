"""`hyotei verdict`: the schema of verdicts."""

import click

from hyotei.cli import LazyGroup


@click.group(cls=LazyGroup, commands_at={"schema": "hyotei.cli.verdict_schema:schema"})
def verdict() -> None:
    """判定の形式。 / Verdicts."""
