"""What was edited in a rulebook, in a sentence: shared by comparisons and impacts."""

from collections.abc import Callable

from hyotei.compare.model import Edit
from hyotei.messages import InEach, Language, wording


def edit_sentence(edit: Edit, language: Language, named: Callable[[str], str] = str) -> str:
    """What was edited; decisions and columns are called as `named` says."""
    say = wording(language)
    column = named(edit.column)
    if edit.kind == "parameter" and column != edit.column:
        column = say("diff_document.quoted", title=column, name=edit.column)
    return say.one_of(
        "diff_document.edit",
        edit.kind,
        decision=named(edit.decision),
        row=edited_row(edit, language),
        old_row=edit.old_row,
        new_row=edit.new_row,
        column=column,
        before=InEach(*edit.before),
        after=InEach(*edit.after),
    )


def edited_row(edit: Edit, language: Language) -> str:
    """Its row, and which it was where it moved."""
    say = wording(language)
    if not edit.old_row and not edit.new_row:
        return ""
    if edit.old_row and edit.new_row and edit.old_row != edit.new_row:
        return say("diff_document.row.moved", number=edit.new_row, old=edit.old_row)
    return say("diff_document.row.at", number=edit.new_row or edit.old_row)
