"""What one cell of a table holds, as the reading of texts knows cells: figures, measures with labels, or words, with the year."""

import re
from collections.abc import Iterable
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.readers.evaluation_text.form_words import EMPTY_TAG, TAG
from hyotei.readers.evaluation_text.text_cells import Tags, TextCell, Token, figure_of, same_label, tokens_of
from hyotei.readers.evaluation_text.text_lines import TextLine, bare, narrow
from hyotei.readers.printed.heading_years import tagged

_FIGURE_SO_FAR: Final = re.compile(r"[・約△▲-]?\s*[0-9][0-9,.]*\s*[^0-9\s]{1,10}")
_UNIT_REST: Final = re.compile(r"[^0-9\s(\[【・(]")
_TAIL: Final = re.compile(r"[(\[【]")
_STRUCK: Final = re.compile(r"[/\\＼／]")


def cells_of(lines: tuple[TextLine, ...], hint: int) -> list[TextCell]:
    """What a cell holds: mostly one thing, and several where it prints several years, or figures that nothing tells apart."""
    given = [_tagged(line) for line in _closed(line for line in lines if not line.blank)]
    if not given or _STRUCK.fullmatch(bare("".join(line.text for line in given))):
        return []
    tokens = _years_first(tokens_of([given], hint, numbers=False))
    cells = [token for token in tokens if isinstance(token, TextCell)]
    tags = [token for token in tokens if isinstance(token, Tags)]
    years = [year for each in tags for year in each.years] + [cell.year for cell in cells if cell.year is not None]
    if len(cells) > 1 and not all(cell.figure for cell in cells):
        # A sentence with figures on lines of their own is one text.
        return [_text(given, years)] if len(set(years)) <= 1 else [_text(given, [])]
    if tags and cells:
        _spread(cells, [year for each in tags for year in each.years])
    return _merged(cells)


def _closed(lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines, those joined that the width of the cell broke within brackets, or within a unit: 【22年 / 度】, 392団 / 体."""
    found: list[TextLine] = []
    for line in lines:
        before = folded(found[-1].text) if found else ""
        text = folded(line.text)
        if found and (
            _open(before) or (_FIGURE_SO_FAR.fullmatch(before) and _UNIT_REST.match(text) and _joins(before, text))
        ):
            last = found[-1]
            joined = last.text.rstrip() + line.text.lstrip()
            found[-1] = TextLine(last.number, joined, " ".join(folded(joined).split()), last.page)
        else:
            found.append(line)
    return found


def _open(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in ("()", "[]", "【】", "〔〕"))


def _joins(before: str, after: str) -> bool:
    """Whether two pieces are one figure that none of them is alone."""
    rest = _TAIL.split(after, maxsplit=1)[0].strip()
    return bool(rest) and figure_of(rest) is None and figure_of(bare(before + rest)) is not None


def _tagged(line: TextLine) -> TextLine:
    simple = folded(line.text)
    text = tagged(simple)
    if text == simple:
        return line
    return TextLine(line.number, text, " ".join(text.split()), line.page)


def _years_first(tokens: list[Token]) -> list[Token]:
    """Where a tag comes before the first figure, each tag belongs to the figure after it."""
    if not (tokens and isinstance(tokens[0], Tags)):
        return tokens
    years: list[int] = []
    cells: list[TextCell] = []
    for token in tokens:
        if isinstance(token, Tags):
            years += token.years
        elif isinstance(token, TextCell):
            # The tag behind a figure is read as its own, but is that of the next one here.
            years += [token.year] if token.year is not None else []
            cells.append(token)
    if len(years) != len(cells):
        return tokens
    for cell, year in zip(cells, years, strict=True):
        cell.year = year
    return list(cells)


def _spread(cells: list[TextCell], years: list[int]) -> None:
    """Years that stand apart in the cell, to its figures one by one or to all of them."""
    waiting = [cell for cell in cells if cell.year is None]
    if len(set(years)) == 1:
        years = years[:1] * len(waiting)
    if len(waiting) == len(years):
        for cell, year in zip(waiting, years, strict=True):
            cell.year = year


def _text(lines: list[TextLine], years: list[int]) -> TextCell:
    """All that the cell prints as one text, without its year."""
    texts = [
        EMPTY_TAG.sub(" ", TAG.sub(" ", folded(line.text)) if TAG.search(folded(line.text)) else line.text)
        for line in lines
    ]
    text = narrow("".join(each.strip() for each in texts))
    numbers = [line.number for line in lines]
    return TextCell((), text, numbers[0], 0, years[0] if years else None, lines=numbers)


def _merged(cells: list[TextCell]) -> list[TextCell]:
    """Measures of one year that a tag between them set apart, together again."""
    found: list[TextCell] = []
    for cell in cells:
        last = found[-1] if found else None
        if (
            last is not None
            and last.labelled
            and cell.labelled
            and last.year == cell.year
            and not any(same_label(a.label or "", b.label or "") for a in last.items for b in cell.items)
        ):
            last.items = (*last.items, *cell.items)
            last.text = f"{last.text} {cell.text}"
            last.lines += cell.lines
        else:
            found.append(cell)
    return found
