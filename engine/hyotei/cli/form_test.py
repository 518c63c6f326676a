"""`hyotei form test`: the cases beside a form, read and compared figure by figure."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import (
    ANSWER_IS_NO,
    INPUT_WRONG,
    json_option,
    lang_option,
    print_line,
    problems_data,
    tell,
    write_json,
)
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.form_test.command")
@click.argument("form")
@json_option
@lang_option
def test(form: str, as_json: bool, lang: "Language") -> None:
    """Run the cases of a form."""
    from hyotei.readers.form_cases import cases_of, run_form_case

    known, cases, problems = cases_of(form)
    tell(problems, lang)
    results = [run_form_case(case, known, form) for case in cases]
    failed = [result for result in results if result.problems]
    for result in failed:
        tell(result.problems, lang)
    if as_json:
        told = [
            {"name": each.name, "ok": not each.problems, "problems": problems_data(each.problems, lang)}
            for each in results
        ]
        write_json({"schema": "hyotei.form-test/1", "form": known.id, "hash": known.hash, "cases": told})
    else:
        counts = {"count": len(results), "passed": len(results) - len(failed), "failed": len(failed)}
        figures = sum(result.figures for result in results)
        print_line(wording(lang)("forms.test.told", form=known.id, figures=figures, **counts))
    if any(problem.severity == "error" for problem in problems):
        raise click.exceptions.Exit(INPUT_WRONG)
    if failed:
        raise click.exceptions.Exit(ANSWER_IS_NO)
