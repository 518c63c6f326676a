"""`hyotei sheet check`: whether sheet files can be read, and everything that is wrong with them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, problems_data, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Diagnostic, Language


@click.command()
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@lang_option
def check(sheets: tuple[Path, ...], as_json: bool, lang: "Language") -> None:
    """評価書のファイルを読み、誤りと注意をすべて示す。 / Read sheets and tell everything that is wrong."""
    from hyotei.messages import HyoteiError
    from hyotei.readers import read_sheet_file

    found: list[dict[str, object]] = []
    wrong = False
    for file in sheets:
        problems: tuple[Diagnostic, ...]
        try:
            sheet, problems = read_sheet_file(file)
        except HyoteiError as error:
            sheet, problems = None, error.diagnostics
        errors = sheet is None or any(problem.severity == "error" for problem in problems)
        wrong = wrong or errors
        tell(problems, lang)
        found.append({"file": str(file.name), "ok": not errors, "problems": problems_data(problems, lang)})
        if not as_json and sheet is not None:
            counts = len(sheet.measures), len(sheet.budget_years), len(problems)
            if lang == "ja":
                state = "誤りがあります" if errors else "読めました"
                said = "{}: {}（測定値 {}件、予算年度 {}件、指摘 {}件）".format(file.name, state, *counts)
            else:
                state = "has errors" if errors else "can be read"
                said = "{}: {} (measures: {}, budget years: {}, remarks: {})".format(file.name, state, *counts)
            click.echo(said)
    if as_json:
        write_json({"schema": "hyotei.sheet-check/1", "sheets": found})
    if wrong:
        raise click.exceptions.Exit(INPUT_WRONG)
