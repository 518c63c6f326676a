"""`hyotei rulebook`: listing, showing, checking, testing and formatting rulebooks."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "list": "hyotei.cli.rulebook_list:list_rulebooks",
        "show": "hyotei.cli.rulebook_show:show",
        "new": "hyotei.cli.rulebook_new:new",
        "gallery": "hyotei.cli.rulebook_gallery:gallery",
        "check": "hyotei.cli.rulebook_check:check",
        "test": "hyotei.cli.rulebook_test:test",
        "export": "hyotei.cli.rulebook_export:export",
        "import": "hyotei.cli.rulebook_import:import_file",
        "format": "hyotei.cli.rulebook_format:format_files",
        "hash": "hyotei.cli.rulebook_hash:show_hash",
        "sql": "hyotei.cli.rulebook_sql:sql",
    },
    help="help.rulebook.command",
)
def rulebook() -> None:
    """Rulebooks."""
