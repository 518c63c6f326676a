"""`hyotei read`: sheets out of files, folders and zips of any known format, to be corrected, kept or handed on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, OutputPath, json_option, lang_option, print_line, styled, tell
from hyotei.cli.reading_options import reading_options
from hyotei.cli.reading_progress import progress

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.messages import Language
    from hyotei.report.reading_report_document import SheetRead

INTERRUPTED = 130


@click.command(help="help.read.command")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@click.option(
    "-o",
    "--output",
    "out",
    type=OutputPath(),
    metavar="OUT",
    help="help.read.output",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="help.read.timeout",
)
@click.option("--report", is_flag=True, help="help.read.report")
@click.option("--explain", "explained", is_flag=True, help="help.read.explain")
@json_option
@lang_option
def read(
    paths: tuple[Path, ...],
    how: "ReadingOptions",
    out: Path | None,
    timeout: float,
    report: bool,
    explained: bool,
    as_json: bool,
    lang: "Language",
) -> None:
    """Reads sheets from files, folders and zips."""
    if explained:
        _explain(paths, how, lang)
        return
    from hyotei.cli.read_output import writer_for
    from hyotei.cli.sheet_problems import Counts, Telling, no_sheets
    from hyotei.readers.sheets_of_paths import read_sheets
    from hyotei.report.reading_report_document import sheet_read
    from hyotei.report.reading_text import one_line, reading_text

    counts, telling = Counts(), Telling(lang)
    document = _report_file(out) if report else None
    told: list[SheetRead] = []
    failed: list[str] = []
    interrupted = False
    with writer_for(None if document is not None else out, as_json) as write, progress(paths, lang) as watch:
        found = read_sheets(paths, how.as_, given=how.given, watch=watch.bytes, timeout=timeout)
        try:
            for each in found:
                counts.add(each)
                watch.sheet()
                telling.tell(each.problems)
                if each.sheet is None:
                    failed += [problem.text(lang) for problem in each.problems if problem.severity == "error"]
                    continue
                if document is not None:
                    told.append(sheet_read(each.sheet, each.problems, lang))
                    continue
                if write is not None:
                    write(each.sheet)
                if report:
                    styled(reading_text(each.sheet, each.problems, lang))
                elif write is None:
                    print_line(one_line(each.sheet, lang))
        except KeyboardInterrupt:
            # What was read so far is written and counted like any other result.
            interrupted = True
    telling.end()
    if document is not None:
        from hyotei.report.reading_report_document import reading_report_document
        from hyotei.writers.files import write as write_document

        write_document(reading_report_document(told, failed, lang), *document)
    if not counts.read and not counts.failed and not interrupted:
        tell([no_sheets(paths)], lang)
    print_line(counts.text(lang, interrupted), err=True)
    if interrupted:
        raise click.exceptions.Exit(INTERRUPTED)
    if counts.failed or not counts.read:
        raise click.exceptions.Exit(INPUT_WRONG)


def _report_file(out: Path | None) -> tuple[Path, str] | None:
    """The document that a report is written to, with its format; None where it goes to the terminal beside sheets."""
    from hyotei.writers.files import format_of, is_document

    return (out, format_of(out)) if out is not None and is_document(out) else None


def _explain(paths: tuple[Path, ...], how: "ReadingOptions", lang: "Language") -> None:
    """Shows how each document is read, cell by cell."""
    from hyotei.cli.output import print_document
    from hyotei.readers.document_blocks import document_blocks
    from hyotei.readers.printed.explained import explain
    from hyotei.report.reading_explained_document import explained_document

    for path in paths:
        found = explain(document_blocks(path), path.name, how.given)
        print_document(explained_document(found, path.name, lang))
