"""`hyotei compare`: the same sheets under several rulebooks side by side."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.document_options import ON_A_TERMINAL, document_options, write_documents
from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_document, tell, write_json
from hyotei.cli.reading_options import reading_options
from hyotei.cli.sheet_sources import SheetReading, is_corpus

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.messages import Language


@click.command(help="help.compare.command")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rulebooks", required=True, multiple=True, metavar="ID,ID,…", help="help.compare.rulebooks")
@document_options
@reading_options
@json_option
@lang_option
def compare(
    sheets: tuple[Path, ...],
    rulebooks: tuple[str, ...],
    files: list[tuple[Path, str]],
    how: "ReadingOptions",
    as_json: bool,
    lang: "Language",
) -> None:
    """Rates SHEETS, a corpus or sheets, by several rulebooks, and shows the grades side by side with the reasons."""
    from hyotei.impact.compare_rulebooks import compare_rulebooks
    from hyotei.rulebook.library import load_rulebook

    books = [load_rulebook(name) for names in rulebooks for name in names.replace("、", ",").split(",") if name]
    for book in books:
        tell(book.warnings, lang)
    reading = SheetReading(sheets, how, lang)
    with ExitStack() as stack:
        if len(sheets) == 1 and is_corpus(sheets[0]):
            from hyotei.base.extras import need

            need("columnar")
            from hyotei.corpus.corpus import Corpus

            found = compare_rulebooks(stack.enter_context(Corpus.open(sheets[0])), books)
        else:
            found = compare_rulebooks(list(reading), books)
        from hyotei.report.rulebooks_compared_document import rulebooks_compared_document

        write_documents(files, lambda rows: rulebooks_compared_document(found, lang, rows))
        if as_json:
            from hyotei.report.rulebooks_compared_data import rulebooks_compared_data

            write_json(rulebooks_compared_data(found, lang))
        elif not files:
            print_document(rulebooks_compared_document(found, lang, ON_A_TERMINAL))
    tell(found.notes if files else (), lang)
    if reading.failed:
        raise click.exceptions.Exit(INPUT_WRONG)
