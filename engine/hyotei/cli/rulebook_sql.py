"""`hyotei rulebook sql`: a rulebook as a script of SQL, for engines of others."""

import click

DIALECTS = ("duckdb", "spark", "postgres", "bigquery")


@click.command("sql")
@click.argument("rulebook")
@click.option(
    "--dialect", type=click.Choice(DIALECTS), default="duckdb", show_default=True, help="SQL の方言。 / Dialect of SQL."
)
@click.option(
    "--decimals",
    type=click.IntRange(0, 12),
    default=4,
    show_default=True,
    help="指標の値の小数の桁数（整数で持つ）。 / Decimals of the figures of indicators, which stand as whole numbers.",
)
def sql(rulebook: str, dialect: str, decimals: int) -> None:
    """評価基準書 RULEBOOK を SQL にして示す。 / Print a rulebook as SQL."""
    from hyotei.base.extras import need
    from hyotei.rulebook.library import load_rulebook

    book = load_rulebook(rulebook)
    need("columnar")
    from hyotei.columnar.sql_script import script, script_layout

    click.echo(script(book, dialect, script_layout(book, decimals)), nl=False)
