"""`hyotei audit`: recorded evaluations against derived ones, and findings, for one sheet or tens of thousands."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from hyotei.cli.audit_options import no_such_kinds, nothing_selected, selection_options
from hyotei.cli.audit_output import IN_FULL, JsonOutput, OneSheetOutput, TextOutput, not_read
from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_document, print_line, tell, write_json
from hyotei.cli.sheet_sources import SheetReading
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.audit.columnar_audit import ColumnarAudit
    from hyotei.audit.corpus_audit import CorpusAudit
    from hyotei.audit.model import SheetAudit
    from hyotei.audit.selection import Selection
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.corpus.corpus import Corpus
    from hyotei.messages import Language
    from hyotei.report.audit_content import Problems
    from hyotei.sheet import Sheet


@click.command(help="help.audit.command")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    help="help.audit.rulebook",
)
@click.option(
    "--checks",
    "checks",
    multiple=True,
    metavar="ID|PATH|none",
    help="help.audit.checks",
)
@click.option("--as", "as_", metavar="FORMAT", help="help.audit.as")
@click.option(
    "-o",
    "--out",
    "out",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="help.audit.out",
)
@click.option(
    "--inputs",
    multiple=True,
    metavar="NAME+,NAME-",
    help="help.audit.inputs",
)
@click.option(
    "--sample",
    type=click.IntRange(0, 100_000),
    default=0,
    metavar="N",
    help="help.audit.sample",
)
@click.option(
    "--carry-over",
    is_flag=True,
    help="help.audit.carry_over",
)
@click.option("--seed", default="0", metavar="S", help="help.audit.seed")
@click.option("--one-sheet", is_flag=True, help="help.audit.one_sheet")
@selection_options
@click.option(
    "--against",
    metavar="REPORT",
    type=click.Path(path_type=Path),
    help="help.audit.against",
)
@click.option(
    "--why",
    nargs=2,
    metavar="CODE ID",
    default=None,
    help="help.audit.why",
)
@json_option
@lang_option
def audit(
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: tuple[str, ...],
    as_: str | None,
    out: Path | None,
    inputs: tuple[str, ...],
    sample: int,
    seed: str,
    carry_over: bool,
    one_sheet: bool,
    selection: "Selection",
    against: Path | None,
    why: tuple[str, str] | None,
    as_json: bool,
    lang: "Language",
) -> None:
    """Holds recorded evaluations against derived ones and lists findings; -o writes a folder of reports."""
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.intake.given_identity import NOTHING
    from hyotei.rulebook.library import library, unreadable

    if rulebook_name is None:
        tell(unreadable(library()), lang)
    # Authority and year select here; of sheets that do not tell them, they are given to `hyotei read` or `corpus build`.
    how = ReadingOptions(as_, NOTHING)
    named = None if not checks else [each for each in checks if each != "none"]
    asked = _Asked(inputs, sample, seed, selection, against, carry_over)
    if why is not None:
        _explain(why, sheets, rulebook_name, named, how, as_json, lang, carry_over)
        return
    if one_sheet and out is None:
        raise click.UsageError(wording(lang)("cli.audit.one_sheet_out"))
    if out is not None and not one_sheet:
        _report(out, sheets, rulebook_name, named, how, as_json, lang, asked)
        return
    if inputs or sample:
        raise click.UsageError(wording(lang)("cli.audit.need_out"))
    if against is not None:
        _compare(sheets, rulebook_name, named, how, as_json, lang, asked)
        return
    from hyotei.audit.auditor import Auditor
    from hyotei.audit.columnar_audit import ColumnarAudit, can_be_fast
    from hyotei.audit.lapsed_notes import lapses
    from hyotei.audit.summary import Summary

    auditor = Auditor(rulebook_name, named, lang, carry_over=carry_over)
    reading = SheetReading(sheets, how, lang)
    summary = Summary()
    writer = JsonOutput() if as_json else TextOutput(lang) if out is None else OneSheetOutput(out, lang)
    with ExitStack() as opened:
        found: Iterator[SheetAudit] = (auditor.audit(sheet) for sheet in reading)
        if reading.corpora and can_be_fast():
            found = _at_once(ColumnarAudit(auditor), _sources(reading, opened, selection), as_json or one_sheet)
        met = set[tuple[str, int]]()
        for audited in found:
            met.add((audited.sheet.authority, audited.sheet.fiscal_year))
            each = selection.audit(audited)
            if each is not None:
                summary.add(each)
                writer.sheet(each)
    if met and not summary.whole.sheets:
        raise nothing_selected(selection, met)
    wrong = no_such_kinds(selection, auditor, met)
    if wrong is not None and not as_json:
        raise wrong
    # A document in JSON that was begun is ended.
    writer.end(summary.of(auditor.rulebooks), reading.failed)
    tell(() if wrong is None else wrong.diagnostics, lang)
    tell(lapses(summary.years, auditor), lang)
    if reading.failed or not summary.whole.sheets or wrong is not None:
        raise click.exceptions.Exit(INPUT_WRONG)


def _report(
    out: Path,
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: list[str] | None,
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
    asked: "_Asked",
) -> None:
    """Audits all sheets into a folder, and shows the numbers."""
    from hyotei.report.audit_content import Problems
    from hyotei.report.audit_report import PAGE, write_report
    from hyotei.report.audit_summary import summary_data
    from hyotei.report.audit_summary_document import summary_document

    problems = Problems()
    reading = SheetReading(sheets, how, lang, problems.add)
    whole = asked.whole(rulebook_name, checks, lang)
    sources = tuple(str(path) for path in sheets)
    with ExitStack() as opened:
        audits = _counting(whole.sheets(*_sources(reading, opened, asked.selection)), reading, problems)
        # Raised while the report is written, so that it takes the place of none.
        audits = _some(audits, whole, reading)
        content = write_report(out, whole, audits, sources, problems, asked.seed)
    tell([*content.notes, *whole.notes()], lang)
    if as_json:
        write_json(summary_data(content))
    else:
        print_document(summary_document(content.summary, lang, whole.against))
        print_line()
        print_line(wording(lang)("cli.audit.report", path=out / PAGE))
        if reading.failed:
            print_line(not_read(reading.failed, lang), err=True)
    if reading.failed:
        raise click.exceptions.Exit(INPUT_WRONG)


def _compare(
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: list[str] | None,
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
    asked: "_Asked",
) -> None:
    """Shows what has become of the findings of an earlier report, without writing one."""
    from hyotei.report.against_data import against_data
    from hyotei.report.audit_summary_document import summary_document

    reading = SheetReading(sheets, how, lang)
    whole = asked.whole(rulebook_name, checks, lang)
    with ExitStack() as opened:
        new = [each for audit in whole.sheets(*_sources(reading, opened, asked.selection)) for each in audit.findings]
        new = [each for each in (*new, *whole.findings()) if each.state == "new"]
    if whole.met and not whole.summary.whole.sheets:
        raise nothing_selected(asked.selection, whole.met)
    assert whole.against is not None, "an earlier report is given"
    if as_json:
        write_json(against_data(whole.against, new))
    else:
        print_document(summary_document(whole.summary, lang, whole.against, new))
    if reading.failed or not whole.summary.whole.sheets:
        raise click.exceptions.Exit(INPUT_WRONG)


def _explain(
    why: tuple[str, str],
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: list[str] | None,
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
    carry_over: bool,
) -> None:
    from hyotei.audit.corpus_audit import CorpusAudit
    from hyotei.cli.audit_why import tell_why

    reading = SheetReading(sheets, how, lang)
    whole = CorpusAudit(rulebook_name, checks, lang, carry_over=carry_over)
    with ExitStack() as opened:
        tell_why(whole, whole.sheets(*_sources(reading, opened)), *why, as_json, lang)


def _at_once(
    auditor: "ColumnarAudit", sources: "Iterator[Corpus | Iterator[Sheet]]", as_json: bool
) -> "Iterator[SheetAudit]":
    """The audits of corpora, and of sheets that are in none; with the reasons of disagreements where they are shown."""
    from hyotei.corpus.corpus import Corpus

    for source in sources:
        if isinstance(source, Corpus):
            # The first few may be shown in full; of many only the numbers are.
            auditor.with_reasons = as_json or len(source) <= IN_FULL
            yield from (found for _, found in auditor.audits(source))
        else:
            yield from map(auditor.auditor.audit, source)


def _sources(
    reading: SheetReading, opened: ExitStack, selection: "Selection | None" = None
) -> "Iterator[Corpus | Iterator[Sheet]]":
    """The corpora, which stay open as long as `opened`, and what is in none.

    Raises:
        HyoteiError: there are corpora only, and none of their sheets is of the selection (HY980); said before any work is done.
    """
    if reading.corpora:
        from hyotei.corpus.corpus import Corpus

        corpora = [opened.enter_context(Corpus.open(path)) for path in reading.corpora]
        if selection is not None and not reading.files:
            met = {key for corpus in corpora for key in corpus.authorities_and_years()}
            if met and not any(selection.holds(*key) for key in met):
                raise nothing_selected(selection, met)
        yield from corpora
    if reading.files:
        yield reading.loose()


def _counting(audits: "Iterator[SheetAudit]", reading: SheetReading, problems: "Problems") -> "Iterator[SheetAudit]":
    """The same, and the number of sheets that failed told when all are read."""
    yield from audits
    problems.failed = reading.failed


def _some(audits: "Iterator[SheetAudit]", whole: "CorpusAudit", reading: SheetReading) -> "Iterator[SheetAudit]":
    """The same; that no sheet was read, or that none of them is told (HY980), ends the command."""
    yield from audits
    if whole.summary.whole.sheets:
        # A kind of the earlier report may be one that is made no more.
        wrong = no_such_kinds(whole.selection, whole.auditor, whole.met) if whole.against is None else None
        if wrong is not None:
            raise wrong
        return
    if whole.met:
        raise nothing_selected(whole.selection, whole.met)
    if reading.failed:
        print_line(not_read(reading.failed, whole.language), err=True)
    raise click.exceptions.Exit(INPUT_WRONG)


class _Asked(NamedTuple):
    """What is asked of all sheets together: inputs to compare them by, a sample, which are told, an earlier report."""

    inputs: tuple[str, ...]
    sample: int
    seed: str
    selection: "Selection"
    against: Path | None
    carry_over: bool = False

    def whole(self, rulebook: str | None, checks: list[str] | None, language: "Language") -> "CorpusAudit":
        """The audit that answers it.

        Raises:
            HyoteiError: there is no such rulebook, input or report.
        """
        from hyotei.audit.corpus_audit import CorpusAudit
        from hyotei.audit.earlier_report import Against
        from hyotei.audit.rating_consistency import wishes

        earlier = None if self.against is None else Against(self.against, self.selection)
        wished = wishes(self.inputs)
        return CorpusAudit(
            rulebook, checks, language, wished, self.sample, self.seed, self.selection, earlier, self.carry_over
        )
