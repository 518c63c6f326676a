"""`hyotei sheet check`: whether sheet files can be read, and everything that is wrong with them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.cli.reading_options import reading_options

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.messages import Language
    from hyotei.readers.reader import Found


@click.command(help="help.sheet_check.command")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@json_option
@lang_option
def check(sheets: tuple[Path, ...], how: "ReadingOptions", as_json: bool, lang: "Language") -> None:
    """Read sheets and tell everything that is wrong."""
    from hyotei.cli.sheet_problems import no_sheets
    from hyotei.readers.sheets_of_paths import read_located

    found: list[dict[str, object]] = []
    wrong = False
    for file, each in read_located(sheets, how.as_, given=how.given):
        tell(each.problems, lang)
        errors = any(problem.severity == "error" for problem in each.problems)
        if each.sheet is None and not errors:
            continue  # a file of a folder that is no sheet, which is told
        wrong = wrong or errors
        found.append({"file": file, "ok": not errors, "problems": problems_data(each.problems, lang)})
        if not as_json and each.sheet is not None:
            print_line(_said(file, each, errors, lang))
    if not found:
        wrong = True
        tell([no_sheets(sheets)], lang)
    if as_json:
        write_json({"schema": "hyotei.sheet-check/1", "sheets": found})
    if wrong:
        raise click.exceptions.Exit(INPUT_WRONG)


def _said(file: str, found: "Found", errors: bool, language: "Language") -> str:
    """What was read of one sheet, in a line."""
    from hyotei.messages import wording

    assert found.sheet is not None
    return wording(language)(
        "cli.sheet_check.wrong" if errors else "cli.sheet_check.read",
        file=file,
        measures=len(found.sheet.measures),
        years=len(found.sheet.budget_years),
        remarks=len(found.problems),
    )
