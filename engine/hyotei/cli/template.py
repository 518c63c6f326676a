"""`hyotei template`: an empty form of an evaluation sheet in Excel, which `hyotei read` reads back once it is filled in."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import OutputPath, lang_option, print_line
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.sheet_writers.form_template import FormKind


@click.command(help="help.template.command")
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=OutputPath(),
    metavar="FILE.xlsx",
    help="help.template.output",
)
@click.option(
    "--form",
    type=click.Choice(["mic", "government"]),
    default="mic",
    show_default=True,
    help="help.template.form",
)
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    default="mic-2013",
    show_default=True,
    help="help.template.rulebook",
)
@click.option("--force", is_flag=True, help="help.template.force")
@lang_option
def template(out: Path, form: str, rulebook_name: str, force: bool, lang: "Language") -> None:
    """Writes an empty form in Excel, which reads back once it is filled in."""
    from hyotei.base.extras import need
    from hyotei.rulebook.library import library, load_rulebook

    need("readers", "openpyxl")
    from hyotei.sheet_writers.form_template import template as empty_form
    from hyotei.sheet_writers.form_template import write_template, years_offered

    scales = load_rulebook(rulebook_name).scales if form == "mic" else {}
    ratings, budgets = (
        [f"{value}　{scales[name].labels.get(value, '')}".strip() for value in scales[name].values]
        if name in scales
        else []
        for name in ("rating", "budget")
    )
    kind: FormKind = "mic" if form == "mic" else "government"
    years = years_offered(((each.head.first_year, each.head.last_year) for each in library()), date.today())
    write_template(empty_form(kind, lang, ratings, budgets, years), out, force=force)
    print_line(wording(lang)("cli.written", file=out), err=True)
