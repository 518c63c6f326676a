"""`hyotei audit`: recorded evaluations against derived ones, and findings, for one sheet or tens of thousands."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from hyotei.cli.identity import reading_options
from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_line, styled, tell, write_json
from hyotei.cli.sheets import SheetReading

if TYPE_CHECKING:
    from hyotei.audit.at_once import AtOnce
    from hyotei.audit.model import SheetAudit
    from hyotei.cli.identity import How
    from hyotei.corpus.corpus import Corpus
    from hyotei.messages import Language
    from hyotei.report.audit_content import Problems
    from hyotei.sheet import Sheet

_IN_FULL: Final = 3
"""Up to how many sheets each is shown in full."""


@click.command()
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    help="評価区分を導く評価基準書（省略時は府省庁と年度から選ぶ）。 / Rulebook; by default chosen by authority and year.",
)
@click.option(
    "--checks",
    "checks",
    multiple=True,
    metavar="ID|PATH|none",
    help="点検の評価基準書（省略時は対象年度のものすべて、none でなし）。 / Rulebooks of checks; by default all in force.",
)
@reading_options
@click.option(
    "-o",
    "--out",
    "out",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="報告（HTML、XLSX、NDJSON、Markdown、JSON）を書くフォルダ。 / Folder for the report.",
)
@click.option(
    "--inputs",
    multiple=True,
    metavar="NAME+,NAME-",
    help="記載どうしを比べる項目と良い向き（省略時は評価基準書から）。 / Inputs to compare recorded ratings by.",
)
@click.option(
    "--sample",
    type=click.IntRange(0, 100_000),
    default=0,
    metavar="N",
    help="人が確かめるために抜き取る数。 / Sheets to draw for a check by hand.",
)
@click.option("--seed", default="0", metavar="S", help="抜き取りの種。 / Seed of the sample.")
@json_option
@lang_option
def audit(
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: tuple[str, ...],
    how: "How",
    out: Path | None,
    inputs: tuple[str, ...],
    sample: int,
    seed: str,
    as_json: bool,
    lang: "Language",
) -> None:
    """評価書 SHEETS に記載された評価を、導いた評価と照らし合わせ、点検の指摘を挙げる。-o で報告のフォルダを書く。

    Holds recorded evaluations against derived ones and lists findings; -o writes a folder of reports.
    """
    named = None if not checks else [each for each in checks if each != "none"]
    if out is not None:
        _report(out, sheets, rulebook_name, named, how, as_json, lang, _Drawing(inputs, sample, seed))
        return
    if inputs or sample:
        said = "--inputs と --sample は -o とともに使う" if lang == "ja" else "--inputs and --sample need -o"
        raise click.UsageError(said)
    from hyotei.audit.at_once import AtOnce, can_be_fast
    from hyotei.audit.audit import Auditor
    from hyotei.audit.summary import Summary

    auditor = Auditor(rulebook_name, named, lang)
    reading = SheetReading(sheets, how, lang)
    summary = Summary()
    writer = _Json() if as_json else _Text(lang)
    with ExitStack() as opened:
        found: Iterator[SheetAudit] = (auditor.audit(sheet) for sheet in reading)
        if reading.corpora and can_be_fast():
            found = _at_once(AtOnce(auditor), _sources(reading, opened), as_json)
        for each in found:
            summary.add(each)
            writer.sheet(each)
    writer.end(summary.of(auditor.rulebooks), reading.failed)
    if reading.failed or not summary.whole.sheets:
        raise click.exceptions.Exit(INPUT_WRONG)


def _report(
    out: Path,
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: list[str] | None,
    how: "How",
    as_json: bool,
    lang: "Language",
    drawing: "_Drawing",
) -> None:
    """Audits all sheets into a folder, and shows the numbers."""
    from hyotei.audit.judging import wishes
    from hyotei.audit.whole import WholeAudit
    from hyotei.report.audit_content import Problems
    from hyotei.report.audit_report import PAGE, write_report
    from hyotei.report.audit_summary import summary_data
    from hyotei.report.audit_text import summary_text

    problems = Problems()
    reading = SheetReading(sheets, how, lang, problems.add)
    whole = WholeAudit(rulebook_name, checks, lang, wishes(drawing.inputs), drawing.sample, drawing.seed)
    sources = tuple(str(path) for path in sheets)
    with ExitStack() as opened:
        audits = _counting(whole.sheets(*_sources(reading, opened)), reading, problems)
        content = write_report(out, whole, audits, sources, problems, drawing.seed)
    tell(content.notes, lang)
    if as_json:
        write_json(summary_data(content))
    else:
        styled(summary_text(content.summary, lang))
        page = out / PAGE
        print_line()
        print_line(f"報告：{page}" if lang == "ja" else f"report: {page}")
        if reading.failed:
            print_line(_failed(reading.failed, lang), err=True)
    if reading.failed or not content.summary.whole.sheets:
        raise click.exceptions.Exit(INPUT_WRONG)


def _at_once(auditor: "AtOnce", sources: "Iterator[Corpus | Iterator[Sheet]]", as_json: bool) -> "Iterator[SheetAudit]":
    """The audits of corpora, and of sheets that are in none; with the reasons of disagreements where they are shown."""
    from hyotei.corpus.corpus import Corpus

    for source in sources:
        if isinstance(source, Corpus):
            # The first few may be shown in full; of many only the numbers are.
            auditor.with_reasons = as_json or len(source) <= _IN_FULL
            yield from (found for _, found in auditor.audits(source))
        else:
            yield from map(auditor.auditor.audit, source)


def _sources(reading: SheetReading, opened: ExitStack) -> "Iterator[Corpus | Iterator[Sheet]]":
    """The corpora, which stay open as long as `opened`, and what is in none."""
    if reading.corpora:
        from hyotei.corpus.corpus import Corpus

        yield from (opened.enter_context(Corpus.open(path)) for path in reading.corpora)
    if reading.files:
        yield reading.loose()


def _counting(audits: "Iterator[SheetAudit]", reading: SheetReading, problems: "Problems") -> "Iterator[SheetAudit]":
    """The same, and the number of sheets that failed told when all are read."""
    yield from audits
    problems.failed = reading.failed


class _Drawing(NamedTuple):
    """What is done with all sheets together: what they are held against each other by, and how many are drawn."""

    inputs: tuple[str, ...]
    sample: int
    seed: str


def _failed(count: int, language: "Language") -> str:
    return f"読めなかったもの {count}件" if language == "ja" else f"{count} could not be read"


class _Json:
    """One document, written as it comes."""

    def __init__(self) -> None:
        self.first = True

    def sheet(self, found: "SheetAudit") -> None:
        click.echo('{"schema": "hyotei.audit/1", "sheets": [' if self.first else ",")
        click.echo(json.dumps(asdict(found), ensure_ascii=False), nl=False)
        self.first = False

    def end(self, summary: object, failed: int) -> None:
        if self.first:
            click.echo('{"schema": "hyotei.audit/1", "sheets": [', nl=False)
        click.echo(f'\n], "failed": {failed}}}')


class _Text:
    """A few sheets in full; many in numbers."""

    def __init__(self, language: "Language") -> None:
        self.language = language
        self.kept: list[SheetAudit] = []

    def sheet(self, found: "SheetAudit") -> None:
        if len(self.kept) <= _IN_FULL:
            self.kept.append(found)

    def end(self, summary: object, failed: int) -> None:
        from hyotei.audit.summary import Summary
        from hyotei.report.audit_text import audit_text, summary_text

        assert isinstance(summary, Summary)
        if len(self.kept) > _IN_FULL:
            styled(summary_text(summary, self.language))
        else:
            for index, each in enumerate(self.kept):
                if index:
                    click.echo("\n" + "─" * 100 + "\n")
                styled(audit_text(each, self.language))
        if failed:
            print_line(_failed(failed, self.language), err=True)
