"""`hyotei sheet`: checking sheet files, and the schema they follow."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={"check": "hyotei.cli.sheet_check:check", "schema": "hyotei.cli.sheet_schema:schema"},
)
def sheet() -> None:
    """評価書のファイルを調べる。 / Sheet files."""
