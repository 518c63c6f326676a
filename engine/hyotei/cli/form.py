"""`hyotei form`: listing, showing, checking, testing, proposing and formatting forms."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "list": "hyotei.cli.form_list:list_forms",
        "show": "hyotei.cli.form_show:show",
        "check": "hyotei.cli.form_check:check",
        "test": "hyotei.cli.form_test:test",
        "new": "hyotei.cli.form_new:new",
        "format": "hyotei.cli.form_format:format_files",
    },
    help="help.form.command",
)
def form() -> None:
    """Forms."""
