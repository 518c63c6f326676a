"""`hyotei template`: an empty form of an evaluation sheet in Excel, which `hyotei read` reads back once it is filled in."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import lang_option, print_line

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.sheet_writers.form_template import FormKind


@click.command()
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="書き出す先。 / Where to write it.",
)
@click.option(
    "--form",
    type=click.Choice(["mic", "government"]),
    default="mic",
    show_default=True,
    help="様式：mic は総務省の評価書、government は各府省共通の様式。 / The ministry's form, or the one of all ministries.",
)
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    default="mic-2013",
    show_default=True,
    help="評価区分と予算の方向の選択肢を採る評価基準書。 / Rulebook whose ratings and directions are offered.",
)
@click.option("--force", is_flag=True, help="既にあるファイルに上書きする。 / Overwrite a file that is there.")
@lang_option
def template(out: Path, form: str, rulebook_name: str, force: bool, lang: "Language") -> None:
    """評価書の空の様式を Excel ファイルに書く。記入したものは hyotei read・rate で読める。

    Writes an empty form in Excel, which reads back once it is filled in.
    """
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
    print_line(f"{out}: 書きました" if lang == "ja" else f"{out}: written", err=True)
