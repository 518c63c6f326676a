"""What the page of a draft sends, as changes of the document: cells of a table, its rows and columns, the text of a section."""

import json
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from hyotei.rulebook.edit import replace_lines
from hyotei.rulebook.markdown_lines import line_end, split_lines, without_end
from hyotei.rulebook.mends.model import Replacement, mended
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.workbook_words import meant
from hyotei.workbench.draft_front import COVER_FORM, FORMS, Lists, front_of, written_front
from hyotei.workbench.draft_view import parts
from hyotei.workbench.drafts import Change, Kind
from hyotei.workbench.table_changes import ACTIONS, Action, Grid, copied_texts

_CELL = re.compile(r"cell\.(-?[0-9]{1,6})\.([0-9]{1,6})")
_MEND = re.compile(r"([0-9]{1,9}):(\[.*\])", re.DOTALL)
_ACTION = re.compile(r"(row|column)\.([a-z]+)")

_STEPS: Final = {"add": 1, "copy": 1, "back": -1, "on": 1}


class Sent(NamedTuple):
    """A change that a page sent: its kind, what it does to a document, and the state that it is of where it says so itself."""

    kind: Kind
    do: Change
    seen: int | None = None


def sent_change(fields: Mapping[str, str]) -> Sent | None:
    """The change that the fields of a form describe; None where they are of no form of the page.

    A form of a table has `table`, the line that it begins in; the cells as `cell.ROW.COLUMN`; and what is done beyond that in `do`:
    `row.add` and the like at `row`, `column.add` and the like at `column`, `paste` of `copied` at both, `replace` by `copied`.
    A form of the front matter has `front`, its key (`draft_front.FORMS`), the fields of the cover as `cover.KEY`, the cells of a
    list as those of a table, and in `do` what is done to a row of it or that `copied` is pasted.
    A form of a section has `section`, its number, and `text`. A button that mends a problem has `mend`, which `sent_mend` reads.
    """
    if "mend" in fields:
        return sent_mend(fields["mend"])
    if fields.get("front") in FORMS:
        return Sent("front", lambda text: _front_changed(text, fields))
    table, section = _number(fields.get("table")), _number(fields.get("section"))
    if table is not None:
        return _of_table(table, fields)
    if section is not None and "text" in fields:
        return Sent("text", lambda text: with_section(text, section, fields["text"]))
    return None


def _front_changed(text: str, fields: Mapping[str, str]) -> str:
    document = RulebookText.parse(text)
    lists = written_lists(document, fields)
    return text if lists is None else written_front(document, lists)


def written_lists(document: RulebookText, fields: Mapping[str, str]) -> Lists | None:
    """The forms of the front matter as a form of the page fills them in; None where it has none."""
    lists, form = front_of(document), fields.get("front", "")
    if lists is None or (form != COVER_FORM and form not in lists.forms):
        return None
    if form == COVER_FORM:
        for key in lists.cover:
            written = " ".join(fields.get(f"cover.{key}", lists.cover[key]).split())
            lists.cover[key] = meant("standing", written) if key == "standing" else written
        return lists
    row, column = _number(fields.get("row")) or 0, _number(fields.get("column")) or 0
    part = _ACTION.fullmatch(fields.get("do", ""))
    lists.set(form, _cells(fields))
    if fields.get("do") == "paste":
        lists.paste(form, row, column, copied_texts(fields.get("copied", "")))
    elif part is not None and part[1] == "row":
        for action in (each for each in ACTIONS if part[2] == each):
            lists.row(form, action, row)
    return lists


def _cells(fields: Mapping[str, str]) -> dict[tuple[int, int], str]:
    found = ((_CELL.fullmatch(name), text) for name, text in fields.items())
    return {(int(each[1]), int(each[2])): text for each, text in found if each is not None}


def sent_mend(value: str) -> Sent | None:
    """The change of a button that mends a problem: the number of the state that it is of, and replacements in its document."""
    found = _MEND.fullmatch(value)
    replacements = _replacements(found[2]) if found is not None else None
    if found is None or replacements is None:
        return None
    return Sent("mended", lambda text: _mended(text, replacements), int(found[1]))


def _replacements(value: str) -> tuple[Replacement, ...] | None:
    try:
        listed = json.loads(value)
    except (ValueError, RecursionError):
        return None
    match listed:
        case [*items] if all(isinstance(each, list) and [*map(type, each)] == [int, int, str] for each in items):
            return tuple(Replacement(*each) for each in items)
        case _:
            return None


def _mended(text: str, replacements: tuple[Replacement, ...]) -> str:
    try:
        return mended(text, replacements)
    except ValueError:
        return text  # of another document


def _of_table(line: int, fields: Mapping[str, str]) -> Sent:
    cells = _cells(fields)
    do = fields.get("do", "")
    row, column = _number(fields.get("row")) or 0, _number(fields.get("column")) or 0
    copied = copied_texts(fields.get("copied", ""))
    part = _ACTION.fullmatch(do)
    action: Action | None = next((each for each in ACTIONS if part is not None and part[2] == each), None)
    kind: Kind = "cells"
    if do in ("paste", "replace"):
        kind = "pasted"
    elif part is not None and action is not None:
        kind = "row" if part[1] == "row" else "column"

    def changed(grid: Grid) -> None:
        grid.set(cells)
        if do == "paste":
            grid.paste(row, column, copied)
        elif do == "replace":
            grid.replace(copied)
        elif action is not None and kind == "row":
            grid.row(action, row)
        elif action is not None and kind == "column":
            grid.column(action, column)

    def change(text: str) -> str:
        document = RulebookText.parse(text)
        table = document.table_at(line)
        if table is None:
            return text
        grid = Grid(document, table)
        changed(grid)
        return grid.document().text

    return Sent(kind, change)


def with_section(text: str, number: int, written: str) -> str:
    """The document with another text in place of a section; ends of lines become those of the document."""
    document = RulebookText.parse(text)
    found = next(((first, last) for each, first, last in parts(document) if each == number), None)
    if found is None:
        return text
    first, last = found
    lines = [without_end(line) for line in split_lines(written)]
    if last == len(document.lines) and line_end(document.lines[-1]) and not lines:
        return document.mark + "".join(document.lines[: first - 1])
    return replace_lines(document, first, last, lines).text


def place_of(text: str, fields: Mapping[str, str]) -> str:
    """The title of the section that a form is about."""
    document = RulebookText.parse(text)
    line = _number(fields.get("table")) or _number(fields.get("section")) or _line_of_mend(text, fields) or 0
    if not 0 < line <= len(document.lines):
        return ""
    heading = document.section_of(line).heading
    return heading.title.text or (heading.code.text if heading.code else "")


def _line_of_mend(text: str, fields: Mapping[str, str]) -> int | None:
    found = _MEND.fullmatch(fields.get("mend", ""))
    replacements = _replacements(found[2]) if found is not None else None
    return len(split_lines(text[: replacements[0].start] + ".")) if replacements else None


def chosen_after(fields: Mapping[str, str]) -> tuple[int, int, int] | None:
    """The table, row and column to which the next change of a row or a column is likely to go."""
    table, part = _number(fields.get("table")), _ACTION.fullmatch(fields.get("do", ""))
    if table is None or part is None:
        return None
    row, column = _number(fields.get("row")) or 0, _number(fields.get("column")) or 0
    step = _STEPS.get(part[2], 0)
    return (table, row + step, column) if part[1] == "row" else (table, row, column + step)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch("-?[0-9]{1,6}", text) else None
