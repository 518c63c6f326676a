"""`hyotei rulebook sql`: a rulebook as a script of SQL, for engines of others."""

import click

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
def sql(rulebook: str, dialect: str, decimals: int) -> None:
    """Print a rulebook as SQL."""
    from hyotei.base.extras import need
    from hyotei.rulebook.library import load_rulebook

    book = load_rulebook(rulebook)
    need("columnar")
    from hyotei.columnar.sql_script import script, script_layout

    click.echo(script(book, dialect, script_layout(book, decimals)), nl=False)
