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
)
def sheet() -> None:
    """評価書のファイルを作り、調べる。 / Sheet files."""
