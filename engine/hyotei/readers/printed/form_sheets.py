"""Printed forms as sheets: the forms of a file are told apart, their tables read by headings and spans, their texts as texts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.messages import Diagnostic, Location
from hyotei.readers.evaluation_text.parts_not_found import with_unread
from hyotei.readers.evaluation_text.sheet_of_text import LONGEST, sheet_of
from hyotei.readers.printed.form_blocks import Block
from hyotei.readers.printed.form_tables import FormTables
from hyotei.readers.printed.form_text import Piece, form_of
from hyotei.readers.printed.forms import forms_of
from hyotei.readers.printed.government_form import concluded
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
    for pieces in forms_of(blocks):
        yield _read(pieces, file, given)


def _read(pieces: Sequence[Piece], file: str | None, given: GivenIdentity) -> Found:
    form = form_of(pieces, file)
    if sum(len(line.text) for line in form.document.lines) > LONGEST:
        return Found(None, (Diagnostic("HY259", Location(file), {"limit": f"{LONGEST:,}"}),))
    tables = FormTables(form)
    sheet, told = sheet_of(form.document, tables, given)
    problems = list(told)
    tables.left(problems)
    if sheet is None:
        return Found(None, tuple(problems))
    sheet, told = concluded(sheet, tuple(problems), form)
    return Found(with_unread(sheet), told)
