"""`hyotei log`: the log of a workbench."""

import click

from hyotei.cli import LazyGroup


@click.group(cls=LazyGroup, commands_at={"verify": "hyotei.cli.log_verify:verify"}, help="help.log.command")
def log() -> None:
    """The log of a workbench."""
