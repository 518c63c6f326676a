"""`hyotei rulebook test`: the cases beside a rulebook, run on the real engine."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, problems_data, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command()
@click.argument("rulebook")
@click.option(
    "--cases",
    "cases_file",
    type=click.Path(path_type=Path),
    help="事例のファイル（省略時は cases.yaml）。 / File of cases.",
)
@json_option
@lang_option
def test(rulebook: str, cases_file: Path | None, as_json: bool, lang: "Language") -> None:
    """評価基準書 RULEBOOK（符号かパス）の事例を実行する。 / Run the cases of a rulebook."""
    from hyotei.inference.cases import read_cases, run_case
    from hyotei.rulebook.library import CASES, folder_of, load_rulebook

    book = load_rulebook(rulebook)
    cases, problems = read_cases(cases_file if cases_file is not None else folder_of(rulebook) / CASES, book)
    tell(problems, lang)
    results = [run_case(case, book) for case in cases]
    failed = [result for result in results if result.problems]
    for result in failed:
        tell(result.problems, lang)
    if as_json:
        write_json(
            {
                "schema": "hyotei.rulebook-test/1",
                "rulebook": {"id": book.id, "hash": book.hash},
                "cases": [
                    {"name": result.name, "ok": not result.problems, "problems": problems_data(result.problems, lang)}
                    for result in results
                ],
                "problems": problems_data(problems, lang),
            }
        )
    else:
        passed = len(results) - len(failed)
        click.echo(
            f"{book.id}: {len(results)}件中 {passed}件 合格、{len(failed)}件 不合格"
            if lang == "ja"
            else f"{book.id}: {passed} of {len(results)} cases hold, {len(failed)} fail"
        )
    if any(problem.severity == "error" for problem in problems):
        raise click.exceptions.Exit(INPUT_WRONG)
    if failed:
        raise click.exceptions.Exit(ANSWER_IS_NO)
