"""`hyotei verdict`: the schema of verdicts, and whether stored ones are sound."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={"schema": "hyotei.cli.verdict_schema:schema", "verify": "hyotei.cli.verdict_verify:verify"},
    help="help.verdict.command",
)
def verdict() -> None:
    """Verdicts."""
