"""Printed forms as sheets: the forms of a file are told apart, their tables read by headings and spans, their texts as texts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hyotei.forms.library import base_form, common_list, load_form
from hyotei.forms.model import COMMON_LIST, Form
from hyotei.forms.recognition import likely, scores
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.messages import Diagnostic, Location, Param
from hyotei.readers.evaluation_text.parts_not_found import with_unread
from hyotei.readers.evaluation_text.sheet_of_text import LONGEST, sheet_of
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.common_lists import is_common_list
from hyotei.readers.printed.form_blocks import Block, FormLine
from hyotei.readers.printed.form_facts import with_facts
from hyotei.readers.printed.form_tables import FormTables
from hyotei.readers.printed.form_text import Piece, form_of
from hyotei.readers.printed.forms import forms_of
from hyotei.readers.printed.government_form import concluded
from hyotei.readers.printed.list_forms import read_list
from hyotei.readers.printed.watched_blocks import tell_blocks
from hyotei.readers.reader import Found

FORMS: Final = 2_000
"""Forms of one file at most."""


def read_form(blocks: Iterable[Block], file: str | None, given: GivenIdentity = NOTHING) -> Iterator[Found]:
    """The sheets that the blocks of a file print, one after the other.

    Args:
        blocks: lines and tables in reading order, of one form or of several.
        file: name of the file, for the places of figures and problems.
        given: what the user says of the sheets in place of what they print.

    Returns:
        An iterator over (sheet, problems), one for each form; the sheet is None where its authority or its evaluated year is
        neither printed nor given (HY252). Figures are `stated` where a table gives them in their place, `inferred` with
        the reason, or `ambiguous`, without a value and with their candidates.
    """
    listed = list(blocks)
    tell_blocks(listed)
    form, told = form_for(listed, file, given)
    for found in read_by(form, listed, file, given):
        if found.sheet is None:
            yield found
            continue
        # Which form the file is of is told with its first sheet.
        yield Found(found.sheet, (*told, *found.problems))
        told = ()


def read_by(form: Form, blocks: Iterable[Block], file: str | None, given: GivenIdentity = NOTHING) -> Iterator[Found]:
    """The same by the words of one form, whatever the document is of."""
    if form.line_is is not None:
        yield from read_list(blocks, form, file, given)
    else:
        yield from (_read(pieces, file, given, form) for pieces in forms_of(blocks, form))


def form_for(blocks: Sequence[Block], file: str | None, given: GivenIdentity) -> tuple[Form, tuple[Diagnostic, ...]]:
    """The form that the user named, or the one that a document is surely of, or the base form; and what is to be told of it."""
    if given.form is not None:
        return load_form(given.form), ()
    found = likely(scores(texts_of(blocks)))
    if not found:
        if is_common_list(blocks):
            return common_list(), (Diagnostic("HY694", Location(file), {"form": COMMON_LIST}),)
        return base_form(), ()
    if len(found) > 1:
        forms = "、".join(f"{each.form.id}（{each.percent}%）" for each in found)
        return base_form(), (Diagnostic("HY681", Location(file), {"forms": forms}),)
    form = found[0].form
    params: dict[str, Param] = {"form": form.id, "title": form.title, "score": found[0].percent}
    return form, (Diagnostic("HY680", Location(file), params),)


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """What a document prints, cell by cell and line by line, folded and without blanks."""
    for block in blocks:
        if isinstance(block, FormLine):
            yield bare(block.text)
        else:
            yield from (bare(cell.text) for cell in block.cells)


def _read(pieces: Sequence[Piece], file: str | None, given: GivenIdentity, words: Form) -> Found:
    form = form_of(pieces, file, words)
    if sum(len(line.text) for line in form.document.lines) > LONGEST:
        return Found(None, (Diagnostic("HY259", Location(file), {"limit": f"{LONGEST:,}"}),))
    tables = FormTables(form)
    sheet, told = sheet_of(form.document, tables, given)
    problems = list(told)
    tables.left(sheet, problems)
    if sheet is None:
        return Found(None, tuple(problems))
    sheet, told = concluded(sheet, tuple(problems), form)
    problems = list(told)
    sheet = with_facts(sheet, tables.stated, words, file, problems)
    return Found(with_unread(sheet), tuple(problems))
