"""`hyotei rulebook test`: the cases beside a rulebook, its laws tried with drawn sheets, and what both exercise."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import (
    ANSWER_IS_NO,
    INPUT_WRONG,
    json_option,
    lang_option,
    print_line,
    problems_data,
    styled,
    tell,
    write_json,
)
from hyotei.messages import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyotei.inference.case_runs import CaseResult
    from hyotei.inference.cases import RulebookCase
    from hyotei.messages import Diagnostic, Language
    from hyotei.rulebook.model import Rulebook
    from hyotei.testing.rulebook_coverage import Coverage, Exercise


@click.command(help="help.rulebook_test.command")
@click.argument("rulebook", required=False)
@click.option("--all", "every", is_flag=True, help="help.rulebook_test.all")
@click.option(
    "--cases",
    "cases_file",
    type=click.Path(path_type=Path),
    help="help.rulebook_test.cases",
)
@click.option(
    "--properties",
    type=click.IntRange(min=1),
    metavar="N",
    help="help.rulebook_test.properties",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    metavar="S",
    help="help.rulebook_test.seed",
)
@click.option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    help="help.rulebook_test.coverage",
)
@click.option(
    "--corpus",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="help.rulebook_test.corpus",
)
@click.option(
    "--generate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="help.rulebook_test.generate",
)
@json_option
@lang_option
def test(
    rulebook: str | None,
    every: bool,
    cases_file: Path | None,
    properties: int | None,
    seed: int,
    with_coverage: bool,
    corpus: tuple[Path, ...],
    generate: Path | None,
    as_json: bool,
    lang: "Language",
) -> None:
    """Run the cases of a rulebook; try its laws; measure what is exercised."""
    if every == (rulebook is not None):
        raise click.UsageError(wording(lang)("cli.one_or_all"))
    if rulebook is None:
        if properties is not None or with_coverage or corpus or generate is not None or cases_file is not None:
            raise click.UsageError(wording(lang)("cli.rulebook_test.of_one_only"))
        from hyotei.cli.rulebook_test_all import test_all

        test_all(as_json, lang)
        return
    from hyotei.inference.case_runs import run_case
    from hyotei.inference.cases import cases_to_run, read_cases
    from hyotei.rulebook.canonical import HASH_FORMAT
    from hyotei.rulebook.library import cases_file_of, load_rulebook

    book = load_rulebook(rulebook)
    _ready(properties, generate)
    file = cases_file if cases_file is not None else cases_file_of(rulebook)
    more = properties is not None or with_coverage or bool(corpus) or generate is not None
    cases: list[RulebookCase] = []
    problems: list[Diagnostic] = []
    # Without any cases there is nothing to run, but laws can be tried and cases made.
    if not more and (cases_file is None or file.exists()):
        cases, problems = cases_to_run(file, book, rulebook)
    elif cases_file is not None or file.exists():
        cases, problems = read_cases(file, book)
    tell(problems, lang)
    results = [run_case(case, book) for case in cases]
    failed = [result for result in results if result.problems]
    for result in failed:
        tell(result.problems, lang)
    document: dict[str, object] = {
        "schema": "hyotei.rulebook-test/1",
        "rulebook": {"id": book.id, "hash": book.hash, "hash_format": HASH_FORMAT},
        "cases": [
            {
                "name": result.name,
                "ok": not result.problems,
                "unconfirmed": case.unconfirmed,
                "problems": problems_data(result.problems, lang),
            }
            for case, result in zip(cases, results, strict=True)
        ],
        "problems": problems_data(problems, lang),
    }
    if not as_json:
        _tell_cases(book, cases, results, lang)
    broken = unreadable = False
    with _nothing_left_behind(properties is not None or generate is not None):
        if properties is not None:
            document["properties"], broken = _properties(book, properties, seed, as_json, lang)
        if with_coverage or corpus or generate is not None:
            document["coverage"] = measured = _coverage(book, cases, corpus, generate, as_json, lang)
            unreadable = bool(measured["unreadable"])
    if as_json:
        write_json(document)
    if unreadable or any(problem.severity == "error" for problem in problems):
        raise click.exceptions.Exit(INPUT_WRONG)
    if failed or broken:
        raise click.exceptions.Exit(ANSWER_IS_NO)


def _ready(properties: int | None, generate: Path | None) -> None:
    """Before anything is run: whether the library is there, and whether the file to be written would replace another."""
    from hyotei.messages import Diagnostic, HyoteiError

    if properties is not None or generate is not None:
        from hyotei.testing import require

        require()
    if generate is not None and generate.exists():
        raise HyoteiError(Diagnostic("HY952", params={"file": str(generate)}))


@contextmanager
def _nothing_left_behind(draws: bool) -> "Iterator[None]":
    """Hypothesis notes things in a folder `.hypothesis` where one stands; a command leaves none."""
    if not draws:
        yield
        return
    from tempfile import TemporaryDirectory

    from hypothesis.configuration import set_hypothesis_home_dir

    with TemporaryDirectory() as folder:
        set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


def _tell_cases(book: "Rulebook", cases: "list[RulebookCase]", results: "list[CaseResult]", lang: "Language") -> None:
    passed = sum(1 for result in results if not result.problems)
    waiting = sum(1 for case in cases if case.unconfirmed)
    key = "testing.cases.some_waiting" if waiting else "testing.cases.told"
    counts = {"count": len(results), "passed": passed, "failed": len(results) - passed}
    print_line(wording(lang)(key, rulebook=book.id, **counts, **({"waiting": waiting} if waiting else {})))


def _properties(
    book: "Rulebook", examples: int, seed: int, as_json: bool, lang: "Language"
) -> tuple[list[dict[str, object]], bool]:
    """Tries the laws, told one by one as they come; the results as data, and whether any law is broken."""
    from hyotei.testing.breach_text import law_data, law_lines
    from hyotei.testing.properties import try_laws

    say = wording(lang)
    if not as_json:
        print_line()
        styled([("title", say("testing.laws"))])
        if not book.laws:
            print_line(say("testing.no_laws"))
    found = []
    for law in book.laws:
        (result,) = try_laws(book, examples, laws=[law], start=seed)
        found.append(result)
        if not as_json:
            styled((style, f"  {line}") for style, line in law_lines(result, book, lang))
    broken = any(result.status == "broken" for result in found)
    return [law_data(result, book) for result in found], broken


def _coverage(
    book: "Rulebook",
    cases: "list[RulebookCase]",
    corpus: tuple[Path, ...],
    generate: Path | None,
    as_json: bool,
    lang: "Language",
) -> dict[str, object]:
    """Measures what the cases and the sheets of a corpus exercise, and writes cases for the rest where that is asked for."""
    from itertools import chain

    from hyotei.readers import read_sheets
    from hyotei.testing.coverage_text import coverage_data, coverage_lines
    from hyotei.testing.rulebook_coverage import coverage, exercised

    counted = outside = failed = 0

    def of_corpus() -> "Iterator[Exercise]":
        nonlocal counted, outside, failed
        for sheet, problems in read_sheets(corpus):
            if sheet is None:
                failed += 1
                tell(problems, lang)
            elif book.in_force(sheet.fiscal_year):
                counted += 1
                yield exercised(book, sheet)
            else:
                outside += 1

    found = coverage(book, chain((exercised(book, case.sheet, case.given) for case in cases), of_corpus()))
    data = coverage_data(found) | {
        "cases": len(cases),
        "sheets": counted,
        "sheets_outside": outside,
        "unreadable": failed,
    }
    if not as_json:
        print_line()
        counts = {"cases": len(cases), "sheets": counted}
        if outside:
            head = wording(lang)("testing.coverage.some_left_out", **counts, outside=outside)
        else:
            head = wording(lang)("testing.coverage.title", **counts)
        styled([("title", head)])
        styled(coverage_lines(found, lang))
    if generate is not None:
        data["generated"] = _generate(book, found, generate, as_json, lang)
    return data


def _generate(book: "Rulebook", found: "Coverage", file: Path, as_json: bool, lang: "Language") -> dict[str, object]:
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.testing.generated_cases import cases_yaml, new_cases, point_text
    from hyotei.testing.seeded_sheets import some_sheets

    cases, rest = new_cases(book, found, some_sheets, language=lang)
    say = wording(lang)
    comment = say("testing.cases.comment", rulebook=book.id)
    if cases:
        try:
            file.write_text(cases_yaml([case.data for case in cases], comment), encoding="utf-8")
        except OSError as error:
            raise HyoteiError(Diagnostic("HY953", params={"file": str(file)})) from error
    left = [point_text(point, book, lang) for point in rest]
    if not as_json:
        print_line()
        written = say("testing.cases.written", count=len(cases), file=file)
        print_line(written if cases else say("testing.cases.none_to_write"))
        for text in left:
            print_line(say("testing.cases.not_found", point=text))
    return {"file": str(file) if cases else None, "cases": len(cases), "not_found": left}
