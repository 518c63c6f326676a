"""Proposes rows of a printed form: labels beside the names of a right reading, and headings that make its figures read."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from hyotei.forms.model import Form
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.form_proposal.figures import Wanted, may_be, printed_value, wanted
from hyotei.readers.form_proposal.form_text import ProposedRow
from hyotei.readers.printed.form_blocks import FormCell, FormPlace
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.headings import heading_of
from hyotei.readers.words_of_forms import FormWords, words_near
from hyotei.sheet.models import Sheet

_LONGEST: Final = 30
_NAMES: Final = ("title", "number", "authority", "policy", "field", "goal", "scheme")
_NOWHERE: Final = FormPlace()
_NEAREST: Final = 3
"""How much the nearest heading counts; each further one counts one less."""
_YEARS: Final = words_near(2020)
_LETTERS: Final = "SABCDE"
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST: Final = 40
"""Rows that are tried at most."""


def names_of(sheet: Sheet) -> dict[str, str]:
    """What names a sheet, by the item of its label."""
    return {name: bare(value) for name in _NAMES if (value := getattr(sheet, name))}


def labels_of(grids: Iterable[Grid], sheet: Sheet, form: Form, misread: Collection[str] = ()) -> Iterator[ProposedRow]:
    """The labels beside, above or before the names of a sheet that the form does not know yet, or by which it reads another name
    (`misread`): of 事務事業名 and 施策名 the form has to say which counts.
    """
    names = {text: name for name, text in names_of(sheet).items()}
    told: set[str] = set()
    for grid in grids:
        for cell in grid.cells:
            name = names.get(close(cell))
            if name is None or name in told:
                continue
            for label in (_left(grid, cell), grid.at(cell.row - 1, cell.column)):
                text = close(label) if label is not None else ""
                if text and len(text) <= _LONGEST and not any(map(str.isdigit, text)):
                    if form.item("labels", text) != name or name in misread:
                        yield ProposedRow("labels", text, name)
                    told.add(name)
                    break


def recorded_of(grids: Sequence[Grid], sheet: Sheet, form: Form) -> Iterator[ProposedRow]:
    """The labels beside what a sheet itself concludes, and the values that other sheets of its form may have there.

    A letter is one of several whatever the form: each stands for itself, so that none is read for another. Of words only those
    that were shown are known; others are told when they are read (HY691).
    """
    for item, printed in (("rating", sheet.recorded.rating), ("budget", sheet.recorded.budget)):
        value = bare(printed or "")
        beside = (
            close(before)
            for grid in grids
            for cell in grid.cells
            if value and close(cell) == value and (before := _left(grid, cell)) is not None
        )
        label = next((text for text in beside if 0 < len(text) <= _LONGEST and not any(map(str.isdigit, text))), None)
        if label is None:
            continue
        name = f"recorded.{item}"
        yield ProposedRow("labels", label, name)
        if any(row.item == name for row in form.rows("choices")):
            values = dict.fromkeys((value, *_LETTERS)) if len(value) == 1 and value in _ALPHABET else (value,)
            yield from (ProposedRow("choices", each, name, each) for each in values)


def candidates(grids: Sequence[Grid], sheet: Sheet, words: FormWords) -> list[ProposedRow]:
    """Headings with what they may mean, the likeliest first: those beside or above the printed figures of the right reading."""
    votes: Counter[tuple[str, str, str]] = Counter()
    figures = wanted(sheet)
    names = {bare(indicator.name) for indicator in (*sheet.indicators, *sheet.outputs)}
    for grid in grids:
        for cell in grid.cells:
            printed = printed_value(cell.text)
            if printed is None:
                if close(cell) in names:
                    _vote(votes, "measures", "name", _above(grid, cell))
                continue
            for each in figures:
                if may_be(printed, each.value):
                    kind = "measures" if each.indicator else "budget"
                    _vote(votes, kind, _item(each, sheet), _above(grid, cell))
                    _vote(votes, kind, _item(each, sheet), _beside(grid, cell))
    known = [(key, count) for key, count in votes.most_common() if not _known(key, words)]
    return [ProposedRow(kind, text, item) for (kind, item, text), _ in known[:_MOST]]


def _item(figure: Wanted, sheet: Sheet) -> str:
    """What a heading says of a figure: where several years stand beside each other, the target and actual of each."""
    several = figure.year is not None and figure.year != sheet.fiscal_year
    return (
        f"yearly_{figure.item}" if figure.indicator and several and figure.item in ("target", "actual") else figure.item
    )


def _vote(votes: "Counter[tuple[str, str, str]]", kind: str, item: str, headings: Iterable[FormCell]) -> None:
    weight = _NEAREST
    for heading in headings:
        text = close(heading)
        if text and len(text) <= _LONGEST and year_heading(heading.text, _YEARS) is None:
            votes[kind, item, text] += weight
            weight -= 1


def _known(key: tuple[str, str, str], words: FormWords) -> bool:
    """Whether the form reads a heading already, as whatever; years and units are no headings of their own."""
    kind, item, text = key
    if kind == "budget":
        return words.form.item("budget", text) is not None
    cell = FormCell(text, 0, 0, _NOWHERE)
    found = heading_of(cell, words)
    return found is not None and (found.kind == item or found.kind in ("year", "years", "unit"))


def _left(grid: Grid, cell: FormCell) -> FormCell | None:
    before = grid.left_of(cell.row, cell.column)
    return before[-1] if before else None


def _above(grid: Grid, cell: FormCell) -> list[FormCell]:
    """The texts over a cell, the nearest first."""
    found: list[FormCell] = []
    for row in range(cell.row - 1, grid.rows.start - 1, -1):
        above = grid.at(row, cell.column)
        if above is not None and above not in found and printed_value(above.text) is None:
            found.append(above)
        if len(found) == 3:
            break
    return found


def _beside(grid: Grid, cell: FormCell) -> list[FormCell]:
    return [each for each in reversed(grid.left_of(cell.row, cell.column)) if printed_value(each.text) is None][:2]
