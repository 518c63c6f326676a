"""`hyotei impact` and `hyotei sweep`: what an edit moves among many sheets, and what a sliding threshold does."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.document_options import ON_A_TERMINAL, document_options, write_documents
from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_document, tell, write_json
from hyotei.cli.reading_options import reading_options
from hyotei.cli.sheet_sources import SheetReading, is_corpus
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.corpus.corpus import Corpus
    from hyotei.messages import Language
    from hyotei.sheet import Sheet


@click.command(help="help.impact.impact_command")
@click.argument("old")
@click.argument("new")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@document_options
@reading_options
@json_option
@lang_option
def impact(
    old: str,
    new: str,
    sheets: tuple[Path, ...],
    files: list[tuple[Path, str]],
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
) -> None:
    """Shows which of SHEETS, a corpus or sheets, move when the rulebook OLD becomes NEW, and by which edit.

    OLD and NEW are an id, a path, `git:REV` (the file of the other one in that revision) or `git:REV:PATH`.
    """
    from hyotei.base.extras import need

    need("columnar")
    from hyotei.compare.load_revision import load_revision
    from hyotei.impact.impact import impact as moved_by

    before, after = load_revision(old, new), load_revision(new, old)
    tell(after.warnings, lang)
    with ExitStack() as stack:
        reading = SheetReading(sheets, how, lang)
        found = moved_by(before, after, _given(sheets, reading, stack))
    tell(found.notes, lang)
    from hyotei.report.impact_document import impact_document

    write_documents(files, lambda rows: impact_document(found, lang, rows))
    if as_json:
        from hyotei.report.impact_data import impact_data

        write_json(impact_data(found, lang))
    elif not files:
        print_document(impact_document(found, lang, ON_A_TERMINAL))
    if reading.failed:
        raise click.exceptions.Exit(INPUT_WRONG)


@click.command(help="help.impact.sweep_command")
@click.argument("rulebook")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--param",
    metavar="NAME=LOW..HIGH",
    help="help.impact.param",
)
@click.option(
    "--cell",
    metavar="DECISION:ROW:COLUMN=LOW..HIGH",
    help="help.impact.cell",
)
@document_options
@reading_options
@json_option
@lang_option
def sweep(
    rulebook: str,
    sheets: tuple[Path, ...],
    param: str | None,
    cell: str | None,
    files: list[tuple[Path, str]],
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
) -> None:
    """Shows how the ratings and budgets of SHEETS change as a threshold of RULEBOOK slides, with every value at which one moves."""
    if (param is None) == (cell is None):
        raise click.UsageError(wording(lang)("cli.sweep.param_or_cell"))
    from hyotei.base.extras import need

    need("columnar")
    if any(suffix in (".html", ".docx") for _, suffix in files):
        need("report")
    from hyotei.compare.load_revision import load_revision
    from hyotei.impact.sweep import sweep as slid

    book = load_revision(rulebook, rulebook)
    tell(book.warnings, lang)
    with ExitStack() as stack:
        reading = SheetReading(sheets, how, lang)
        found = slid(book, _given(sheets, reading, stack), param=param, cell=cell)
    tell(found.notes, lang)
    from hyotei.report.sweep_document import sweep_document

    write_documents(files, lambda rows: sweep_document(found, lang, rows))
    if as_json:
        from hyotei.report.impact_data import sweep_data

        write_json(sweep_data(found, lang))
    elif not files:
        print_document(sweep_document(found, lang, ON_A_TERMINAL, charts=False))
    if reading.failed:
        raise click.exceptions.Exit(INPUT_WRONG)


def _given(paths: tuple[Path, ...], reading: SheetReading, stack: ExitStack) -> "Corpus | list[Sheet]":
    """One corpus as it is, and anything else sheet by sheet."""
    if len(paths) == 1 and is_corpus(paths[0]):
        from hyotei.corpus.corpus import Corpus

        return stack.enter_context(Corpus.open(paths[0]))
    return list(reading)
