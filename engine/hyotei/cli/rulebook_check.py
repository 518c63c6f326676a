"""`hyotei rulebook check`: everything that is wrong with rulebooks, with the place and the mend."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import (
    INPUT_WRONG,
    OutputPath,
    json_option,
    lang_option,
    print_line,
    problems_data,
    tell,
    write_json,
)
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Diagnostic, Language
    from hyotei.messages.catalogue import Severity
    from hyotei.rulebook.model import Rulebook
    from hyotei.rulebook_workbook.annotations import CellNote
    from hyotei.rulebook_workbook.problem_cells import CellFinder


@click.command(help="help.rulebook_check.command")
@click.argument("rulebooks", nargs=-1, required=True)
@click.option("--annotate", type=OutputPath(dir_okay=False), metavar="FILE.xlsx", help="help.rulebook_check.annotate")
@json_option
@lang_option
def check(rulebooks: tuple[str, ...], annotate: Path | None, as_json: bool, lang: "Language") -> None:
    """Tell everything that is wrong with rulebooks."""
    from hyotei.messages import HyoteiError
    from hyotei.rulebook.library import load_rulebook

    say = wording(lang)
    found: list[dict[str, object]] = []
    wrong = False
    if annotate is not None:
        _annotate(rulebooks, annotate, lang)
    for name in rulebooks:
        problems: tuple[Diagnostic, ...]
        summary = ""
        try:
            book = load_rulebook(name)
            problems = (*book.warnings, *_against_forms(book))
            ok = True
            summary = say(
                "rulebook.check.sound",
                rulebook=book.id,
                decisions=len(book.decisions),
                laws=len(book.laws),
                warnings=len(problems),
            )
        except HyoteiError as error:
            problems, ok = error.diagnostics, False
            count = sum(problem.severity == "error" for problem in problems)
            summary = say("rulebook.check.wrong", rulebook=name, errors=count)
        wrong = wrong or not ok
        tell(problems, lang)
        found.append({"rulebook": name, "ok": ok, "problems": problems_data(problems, lang)})
        if not as_json:
            print_line(summary)
    if as_json:
        write_json({"schema": "hyotei.rulebook-check/1", "rulebooks": found})
    if wrong:
        raise click.exceptions.Exit(INPUT_WRONG)


def _against_forms(rulebook: "Rulebook") -> "Iterator[Diagnostic]":
    """Facts that the forms of a rulebook declare otherwise; of a form that is not at hand or has errors nothing is said."""
    from hyotei.forms.declared import differences
    from hyotei.forms.library import load_form
    from hyotei.messages import HyoteiError

    for name in rulebook.forms:
        try:
            form = load_form(name)
        except HyoteiError:
            continue
        yield from differences(rulebook, form)


def _annotate(rulebooks: tuple[str, ...], out: Path, lang: "Language") -> None:
    """Writes a workbook with all that is wrong with it, and what a proof finds, on its cells."""
    from hyotei.base.text_file import read_bytes, write_bytes
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.rulebook.document_formats import other_format
    from hyotei.rulebook.load import check_document
    from hyotei.rulebook_workbook.annotations import CellNote, annotated
    from hyotei.rulebook_workbook.read_workbook import read_workbook
    from hyotei.rulebook_workbook.workbook_document import document_and_cells

    if len(rulebooks) != 1 or not other_format(rulebooks[0]):
        raise HyoteiError(Diagnostic("HY489"))
    if not other_format(out):
        raise HyoteiError(Diagnostic("HY849", params={"path": str(out)}))
    path = Path(rulebooks[0])
    content = read_bytes(path)
    document, cells = document_and_cells(read_workbook(content, path.name))
    rulebook, problems = check_document(document, path.name)
    notes = [CellNote(each.location.cell or "", each.severity, each.code, each.message(lang)) for each in problems]
    if rulebook is not None:
        notes += _proved(rulebook, cells, lang)
    write_bytes(out, annotated(content, notes, lang))
    print_line(wording(lang)("cli.written", file=out), err=True)


def _proved(rulebook: "Rulebook", cells: "CellFinder", lang: "Language") -> "Iterator[CellNote]":
    """What a proof finds, at the cells of the rows and laws that it is about; nothing, told, where no solver is installed."""
    from hyotei.base.extras import need
    from hyotei.cli.proof_progress import proof_progress
    from hyotei.messages import HyoteiError
    from hyotei.rulebook_workbook.annotations import CellNote

    try:
        need("proof")
    except HyoteiError as missing:
        tell(missing.diagnostics, lang)
        return
    from hyotei.proof.prove import prove
    from hyotei.report.proof_notes import proof_notes
    from hyotei.writers.terminal import document_lines
    from hyotei.writers.terminal_lines import plain

    with proof_progress(True, lang) as watch:
        report = prove(rulebook, None, watch=watch)
    for note in proof_notes(report, lang):
        text = plain(document_lines(note.document)).strip()
        severity: Severity = "warning" if note.holds is False else "note"
        rows: tuple[int | None, ...] = note.rows or (None,)
        for row in rows:
            cell = cells.of_law(note.law) if note.law else cells.of_decision(note.decision, row)
            yield CellNote(cell, severity, "", text)
