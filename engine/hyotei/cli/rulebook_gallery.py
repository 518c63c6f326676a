"""`hyotei rulebook gallery`: every rulebook at hand on one page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.document_options import document_options, write_documents
from hyotei.cli.output import INPUT_WRONG, lang_option, print_document, tell

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.rulebook_gallery.command")
@document_options
@lang_option
def gallery(files: list[tuple[Path, str]], lang: "Language") -> None:
    """Shows each rulebook with its years, standing, scales, tables and sources."""
    from hyotei.base.text_folding import folded
    from hyotei.messages import HyoteiError
    from hyotei.proof.proof_state import known_state
    from hyotei.report.rulebook_gallery_document import Shown, rulebook_gallery_document
    from hyotei.rulebook.library import library, rubrics

    shown, failed = [], False
    for entry in sorted((*library(), *rubrics()), key=lambda each: (folded(each.head.authority), each.head.id)):
        try:
            book = entry.load()
        except HyoteiError as error:
            tell(error.diagnostics, lang)
            failed = True
            continue
        shown.append(Shown(book, known_state(book, entry.folder)))
    document = rulebook_gallery_document(shown, lang)
    write_documents(files, lambda _: document)
    if not files:
        print_document(document)
    if failed:
        raise click.exceptions.Exit(INPUT_WRONG)
