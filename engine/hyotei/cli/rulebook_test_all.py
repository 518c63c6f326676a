"""`hyotei rulebook test --all`: the cases beside every rulebook at hand, a line each."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, print_line, problems_data, tell, write_json
from hyotei.messages import HyoteiError, wording

if TYPE_CHECKING:
    from hyotei.messages import Diagnostic, Language


def test_all(as_json: bool, lang: "Language") -> None:
    """Runs all cases; the exit code is 0 if every rulebook has some and all come out as expected."""
    from hyotei.inference.case_runs import run_case
    from hyotei.inference.cases import cases_to_run
    from hyotei.rulebook.library import CASES, library, rubrics

    told: list[dict[str, object]] = []
    failed = unreadable = False
    for entry in (*library(), *rubrics()):
        problems: list[Diagnostic] = []
        passed = count = 0
        try:
            book = entry.load()
            cases, problems = cases_to_run(entry.folder / CASES, book, book.id)
            unreadable |= any(problem.severity == "error" for problem in problems)
            results = [run_case(case, book) for case in cases]
            count, passed = len(results), sum(not result.problems for result in results)
            problems = [*problems, *(problem for result in results for problem in result.problems)]
        except HyoteiError as error:
            unreadable, problems = True, list(error.diagnostics)
        failed |= passed < count
        tell(problems, lang)
        counts = {"count": count, "passed": passed, "failed": count - passed}
        told.append({"id": entry.head.id, **counts, "problems": problems_data(problems, lang)})
        if not as_json:
            print_line(wording(lang)("testing.cases.told", rulebook=entry.head.id, **counts))
    if as_json:
        write_json({"schema": "hyotei.rulebook-tests/1", "rulebooks": told})
    if unreadable:
        raise click.exceptions.Exit(INPUT_WRONG)
    if failed:
        raise click.exceptions.Exit(ANSWER_IS_NO)
