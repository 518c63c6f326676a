"""`hyotei sheet`: checking and beginning sheet files, and the schema they follow."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "check": "hyotei.cli.sheet_check:check",
        "new": "hyotei.cli.sheet_new:new",
        "schema": "hyotei.cli.sheet_schema:schema",
    },
    help="help.sheet.command",
)
def sheet() -> None:
    """Sheet files."""
