"""`hyotei rate`: the rating and the recommendation of sheets, with the reasons."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, tell
from hyotei.cli.reading_options import reading_options
from hyotei.cli.sheet_sources import is_corpus
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.cli.rate_questions import Answers
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.cli.sheet_problems import Telling
    from hyotei.messages import Diagnostic, Language, Param
    from hyotei.readers.reader import Found
    from hyotei.readers.sheets_of_paths import Located
    from hyotei.rulebook.model import Rulebook
    from hyotei.verdict.verdict import Verdict

_WITH_OUT: Final = ("engine", "master", "memory", "steps", "at_once")
"""Options of rating a corpus at once."""
_NO_RULEBOOK: Final = frozenset(("HY361", "HY362", "HY366"))
_MANY: Final = 20
"""From how many sheets on it is shown how far the work is."""


@click.command(help="help.rate.command")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    help="help.rate.rulebook",
)
@click.option(
    "--carry-over",
    is_flag=True,
    help="help.rate.carry_over",
)
@click.option("--why", is_flag=True, help="help.rate.why")
@click.option(
    "--why-not",
    "why_not",
    multiple=True,
    metavar="VALUE",
    help="help.rate.why_not",
)
@click.option(
    "--certain",
    is_flag=True,
    help="help.rate.certain",
)
@click.option(
    "--reach",
    multiple=True,
    metavar="VALUE",
    help="help.rate.reach",
)
@click.option(
    "--keep",
    multiple=True,
    metavar="VALUE",
    help="help.rate.keep",
)
@click.option("--judgments", is_flag=True, help="help.rate.judgments")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="help.rate.timeout",
)
@click.option("--strict", is_flag=True, help="help.rate.strict")
@click.option(
    "-o",
    "--out",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="help.rate.out",
)
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    metavar="NAME",
    help="help.rate.engine",
)
@click.option("--master", metavar="URL", help="help.rate.master")
@click.option("--memory", metavar="SIZE", help="help.rate.memory")
@click.option(
    "--steps",
    is_flag=True,
    help="help.rate.steps",
)
@click.option(
    "--at-once",
    type=click.IntRange(1),
    default=65_536,
    show_default=True,
    help="help.rate.at_once",
)
@reading_options
@json_option
@lang_option
def rate(
    sheets: tuple[Path, ...],
    how: "ReadingOptions",
    rulebook_name: str | None,
    carry_over: bool,
    why: bool,
    why_not: tuple[str, ...],
    certain: bool,
    reach: tuple[str, ...],
    keep: tuple[str, ...],
    judgments: bool,
    timeout: float,
    strict: bool,
    out: tuple[Path, ...],
    engine: str,
    master: str | None,
    memory: str | None,
    steps: bool,
    at_once: int,
    as_json: bool,
    lang: "Language",
) -> None:
    """Rates evaluation sheets: YAML or JSON, or the form in Excel, ODS, HTML, Word, PDF or text, or the published data
    sets; files, folders and zips of them. With -o verdict.docx writes what is handed on; a corpus is rated at once
    into tables.
    """
    from hyotei.base.extras import need
    from hyotei.base.text_file import must_have_folder
    from hyotei.cli.proof_progress import proof_progress
    from hyotei.cli.rate_output import DocumentFiles, JsonOutput, Rated, TextOutput
    from hyotei.cli.rate_questions import Questions, asked
    from hyotei.cli.sheet_problems import Telling, no_sheets
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.readers.sheets_of_paths import read_located
    from hyotei.rulebook.lapsed_rulebooks import lapsed_lines
    from hyotei.rulebook.library import library, load_rulebook, unreadable
    from hyotei.writers.files import format_of, is_document

    questions = Questions(certain, reach, keep, timeout, judgments)
    if questions.any:
        need("proof")
    elif judgments:
        raise click.UsageError(wording(lang)("cli.rate.judgments_of_questions"))
    if carry_over and rulebook_name is not None:
        raise click.UsageError(wording(lang)("cli.rate.carry_over_not_needed"))
    rulebook = load_rulebook(rulebook_name) if rulebook_name is not None else None
    tell(unreadable(library()) if rulebook is None else rulebook.warnings, lang)
    corpus = next((path for path in sheets if is_corpus(path)), None)
    tables = [path for path in out if not is_document(path)]
    handed_on = bool(out) and not tables
    for path in out:
        if corpus is None and path.suffix.lower() != ".parquet":
            # With sheets a name such as verdict.pdf is refused as such, not as a lack of a rulebook.
            format_of(path)
            if "{" not in str(path.parent):  # where each sheet has a folder of its own, that of the first is told
                must_have_folder(path)
    if tables:
        from hyotei.cli.rate_corpus import rate_into_tables

        if len(out) > 1:
            raise click.UsageError(wording(lang)("cli.rate.tables_in_one_file"))
        if questions.any:
            raise HyoteiError(Diagnostic("HY942"))
        rate_into_tables(sheets, rulebook, tables[0], engine, master, memory, steps, at_once, as_json, lang)
        return
    if corpus is not None:
        missing = "-o FILE.parquet" if rulebook_name is not None else "--rulebook ID -o FILE.parquet"
        raise HyoteiError(Diagnostic("HY987", params={"path": str(corpus), "missing": missing}))
    telling = Telling(lang)
    _only_with_out()
    items = _effective(read_located(sheets, how.as_, given=how.given), telling)
    # Two are read before anything is written, because one sheet is shown in full and several as a line each.
    begun = list(islice(items, 2))
    if not begun:
        raise HyoteiError(no_sheets(sheets))
    many = len(begun) > 1
    full = why or bool(why_not) or questions.any
    files = [DocumentFiles(path, many, lang) for path in out]
    writer: JsonOutput | TextOutput = (
        JsonOutput(many, lang) if as_json else TextOutput(many or handed_on, lang, full and not handed_on, why)
    )
    counts = Rated()
    explained: set[tuple[str, int]] = set()
    carried: Counter[tuple[int, str, int]] = Counter()
    for file, found in _progress(chain(begun, items), lang):
        verdict, wanted, problems = _rated(file, found, rulebook, why_not, carry_over)
        answers: Answers | None = None
        if verdict is not None and questions.any:
            with proof_progress(not as_json, lang) as watch:
                answers, wrong = asked(verdict, questions, lang, watch)
            problems, verdict = (*problems, *wrong), None if wrong else verdict
        counts.add(problems)
        if verdict is None and found.sheet is not None and any(each.code in _NO_RULEBOOK for each in problems):
            counts.without_rulebook += 1
            kind = (found.sheet.authority, found.sheet.fiscal_year)
            # Each sheet is named in the list; why is the same for all of an authority and a year.
            known = _NO_RULEBOOK if kind in explained else ()
            telling.tell(
                each for each in problems if each.code not in ("HY367", *known)
            )  # unreadable ones are told at the start
            explained.add(kind)
            writer.unrated(file, found.sheet, problems)
            continue
        telling.tell(problems)
        if verdict is None:
            counts.failed += 1
            writer.failed(file, problems)
            continue
        counts.undetermined += verdict.status == "undetermined"
        if verdict.rulebook.carried_over_from is not None:
            carried[verdict.sheet.fiscal_year, verdict.rulebook.id, verdict.rulebook.carried_over_from] += 1
        written = [str(each.write(verdict, answers)) for each in files]
        writer.verdict(wording(lang).listed(written) if written else file, verdict, wanted, answers)
    telling.end()
    tell(lapsed_lines("HY365", carried), lang)
    writer.end(counts)
    if counts.failed or counts.without_rulebook:
        raise click.exceptions.Exit(INPUT_WRONG)
    if strict and counts.undetermined:
        raise click.exceptions.Exit(ANSWER_IS_NO)


def _only_with_out() -> None:
    """Refuses what was asked for and would have no effect, because sheets are rated one by one."""
    from hyotei.messages import Diagnostic, HyoteiError, Listed

    context = click.get_current_context()
    named = [name for name in _WITH_OUT if context.get_parameter_source(name) is not ParameterSource.DEFAULT]
    if named:
        options = ["--" + name.replace("_", "-") for name in named]
        raise HyoteiError(Diagnostic("HY896", params={"options": Listed(tuple(options))}))


def _effective(items: "Iterable[Located]", telling: "Telling") -> "Iterator[Located]":
    """The items without the files that are no sheets at all, of which a note is told."""
    for each in items:
        if each.found.sheet is None and not any(problem.severity == "error" for problem in each.found.problems):
            telling.tell(each.found.problems)
            continue
        yield each


def _rated(
    file: str, found: "Found", rulebook: "Rulebook | None", why_not: tuple[str, ...], carry_over: bool
) -> "tuple[Verdict | None, tuple[str, ...], tuple[Diagnostic, ...]]":
    """The verdict on one sheet, the values asked about, and what was wrong; a sheet with errors is not rated."""
    from hyotei.inference.rate import rate as rate_sheet
    from hyotei.messages import HyoteiError, Location
    from hyotei.verdict.fact_problems import fact_problems

    sheet, problems = found
    try:
        if sheet is None or any(problem.severity == "error" for problem in problems):
            return None, (), problems
        verdict = rate_sheet(sheet, rulebook, carry_over=carry_over)
        problems = (*problems, *fact_problems(verdict.sheet, verdict.rulebook))
        return verdict, _known_values(verdict, why_not), problems
    except HyoteiError as error:
        if sheet is not None:
            # Which sheet it is, its rulebook's absence does not say.
            at = Location(file, heading=sheet.id)
            return (
                None,
                (),
                (
                    *problems,
                    *(replace(each, location=at) if each.code in _NO_RULEBOOK else each for each in error.diagnostics),
                ),
            )
        return None, (), (*problems, *error.diagnostics)


def _progress(items: "Iterable[Located]", language: "Language") -> "Iterator[Located]":
    """The items; of many it is told on stderr how far the work is, where a person is watching and sees no output."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    from hyotei.cli.live_bar import BarOfWords, shown

    label, bar = wording(language)("cli.progress.rating"), BarOfWords()
    with ExitStack() as opened:
        for number, item in enumerate(items, 1):
            if number == _MANY:
                opened.enter_context(shown(bar))
            if number >= _MANY:
                bar.show(f"{label} {number:,}")
            yield item


def _known_values(verdict: "Verdict", wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The values asked about, full or half width; one that no result can have is refused."""
    from hyotei.base.text_folding import folded
    from hyotei.messages import Diagnostic, HyoteiError

    scales = [
        verdict.rulebook.scales[name] for name in ("rating", "budget", "result") if name in verdict.rulebook.scales
    ]
    values = {folded(value): value for scale in scales for value in scale.values}
    unknown = [each for each in wanted if folded(each) not in values]
    if unknown:
        params: dict[str, Param] = {"value": ", ".join(unknown), "values": ", ".join(values.values())}
        raise HyoteiError(Diagnostic("HY702", params=params))
    return tuple(values[folded(each)] for each in wanted)
