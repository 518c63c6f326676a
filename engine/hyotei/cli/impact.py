"""`hyotei impact` and `hyotei sweep`: what an edit moves among many sheets, and what a sliding threshold does."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, styled, tell, write_json
from hyotei.cli.reading_options import reading_options
from hyotei.cli.sheet_sources import SheetReading, is_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.corpus.corpus import Corpus
    from hyotei.messages import Language
    from hyotei.sheet import Sheet


def _html_option(command: "Callable[..., object]") -> "Callable[..., object]":
    return click.option(
        "--html",
        "html_file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="help.impact.html",
    )(command)


def _xlsx_option(command: "Callable[..., object]") -> "Callable[..., object]":
    return click.option(
        "--xlsx",
        "xlsx_file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="help.impact.xlsx",
    )(command)


@click.command(help="help.impact.impact_command")
@click.argument("old")
@click.argument("new")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@_html_option
@_xlsx_option
@reading_options
@json_option
@lang_option
def impact(
    old: str,
    new: str,
    sheets: tuple[Path, ...],
    html_file: Path | None,
    xlsx_file: Path | None,
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
    if html_file is not None:
        from hyotei.base.text_file import write_text
        from hyotei.report.impact_html import impact_html

        write_text(html_file, impact_html(found, lang))
    if xlsx_file is not None:
        from hyotei.report.impact_xlsx import write_impact

        write_impact(found, xlsx_file, lang)
    if as_json:
        from hyotei.report.impact_data import impact_data

        write_json(impact_data(found, lang))
    elif html_file is None and xlsx_file is None:
        from hyotei.report.impact_text import impact_text

        styled(impact_text(found, lang))
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
@_html_option
@_xlsx_option
@reading_options
@json_option
@lang_option
def sweep(
    rulebook: str,
    sheets: tuple[Path, ...],
    param: str | None,
    cell: str | None,
    html_file: Path | None,
    xlsx_file: Path | None,
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
) -> None:
    """Shows how the ratings and budgets of SHEETS change as a threshold of RULEBOOK slides, with every value at which one moves."""
    if (param is None) == (cell is None):
        said = "--param か --cell のどちらか一つを指定する" if lang == "ja" else "give one of --param and --cell"
        raise click.UsageError(said)
    from hyotei.base.extras import need

    need("columnar")
    if html_file is not None:
        need("report")
    from hyotei.compare.load_revision import load_revision
    from hyotei.impact.sweep import sweep as slid

    book = load_revision(rulebook, rulebook)
    tell(book.warnings, lang)
    with ExitStack() as stack:
        reading = SheetReading(sheets, how, lang)
        found = slid(book, _given(sheets, reading, stack), param=param, cell=cell)
    tell(found.notes, lang)
    if html_file is not None:
        from hyotei.base.text_file import write_text
        from hyotei.report.impact_html import sweep_html

        write_text(html_file, sweep_html(found, lang))
    if xlsx_file is not None:
        from hyotei.report.impact_xlsx import write_sweep

        write_sweep(found, xlsx_file, lang)
    if as_json:
        from hyotei.report.impact_data import sweep_data

        write_json(sweep_data(found, lang))
    elif html_file is None and xlsx_file is None:
        from hyotei.report.impact_text import sweep_text

        styled(sweep_text(found, lang))
    if reading.failed:
        raise click.exceptions.Exit(INPUT_WRONG)


def _given(paths: tuple[Path, ...], reading: SheetReading, stack: ExitStack) -> "Corpus | list[Sheet]":
    """One corpus as it is, and anything else sheet by sheet."""
    if len(paths) == 1 and is_corpus(paths[0]):
        from hyotei.corpus.corpus import Corpus

        return stack.enter_context(Corpus.open(paths[0]))
    return list(reading)
