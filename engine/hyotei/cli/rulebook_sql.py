"""`hyotei rulebook sql`: a rulebook as a script of SQL, for engines of others."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import lang_option

if TYPE_CHECKING:
    from hyotei.messages import Language

DIALECTS = ("duckdb", "spark", "postgres", "bigquery")


@click.command("sql", help="help.rulebook_sql.command")
@click.argument("rulebook")
@click.option(
    "--dialect", type=click.Choice(DIALECTS), default="duckdb", show_default=True, help="help.rulebook_sql.dialect"
)
@click.option(
    "--decimals",
    type=click.IntRange(0, 12),
    default=4,
    show_default=True,
    help="help.rulebook_sql.decimals",
)
@lang_option
def sql(rulebook: str, dialect: str, decimals: int, lang: "Language") -> None:
    """Print a rulebook as SQL."""
    from hyotei.base.extras import need
    from hyotei.rulebook.library import load_rulebook

    del lang  # The comments of a script are English; but every command takes it.
    book = load_rulebook(rulebook)
    need("columnar")
    from hyotei.columnar.sql_script import script, script_layout

    click.echo(script(book, dialect, script_layout(book, decimals)), nl=False)
