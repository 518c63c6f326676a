"""Where in a file each figure of a sheet was read: the figures beside the blocks that the file prints."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable
from hyotei.sheet.models import Source
from hyotei.workbench.read_figures import ReadFigure
from hyotei.workbench.source_files import unpacked
from hyotei.workbench.source_models import SourceFile

Piece = FormLine | FormCell
"""What a figure can be read from."""
_Key = tuple[int | None, int | None, str | None]


class Marked(NamedTuple):
    """A piece of a file with the figures that were read there."""

    anchor: str
    figures: tuple[ReadFigure, ...]
    unsure: bool


def blocks_of(file: SourceFile) -> Sequence[Block]:
    """What a file prints."""
    return _unpacked(bytes(file.blocks))


@lru_cache(maxsize=16)
def _unpacked(data: bytes) -> Sequence[Block]:
    return unpacked(data)


@lru_cache(maxsize=16)
def _pieces(data: bytes) -> Mapping[_Key, Sequence[tuple[int, Piece]]]:
    """The pieces of a file by their places, each with its position."""
    found: dict[_Key, list[tuple[int, Piece]]] = {}
    for position, piece in enumerate(pieces(_unpacked(data))):
        if piece.text.strip():
            found.setdefault(_key(piece.place), []).append((position, piece))
    return found


def prints_a_form(file: SourceFile) -> bool:
    """Whether a file prints a form: tables or pages, not lines of a text that people or programs wrote."""
    return any(isinstance(block, FormTable) or block.place.page is not None for block in blocks_of(file))


def pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    """Every line and cell."""
    for block in blocks:
        if isinstance(block, FormTable):
            yield from block.cells
        else:
            yield block


def marks(file: SourceFile, figures: Sequence[ReadFigure], unsure: Sequence[ReadFigure]) -> dict[int, Marked]:
    """The pieces in which figures were read, by their positions in `pieces`; a figure whose place is not plain has none.

    Args:
        file: the file.
        figures: all figures of a sheet of the file.
        unsure: those of them that a person has to look at.
    """
    found: dict[int, list[ReadFigure]] = {}
    known = _pieces(bytes(file.blocks))
    for figure in figures:
        position = None if figure.source is None else _place(known, figure.source)
        if position is not None:
            found.setdefault(position, []).append(figure)
    doubtful = {each.path for each in unsure}
    return {
        position: Marked(f"p{position}", tuple(read), any(each.path in doubtful for each in read))
        for position, read in found.items()
    }


def _key(place: FormPlace | Source) -> _Key:
    return place.page, place.line, place.cell


def _place(known: Mapping[_Key, Sequence[tuple[int, Piece]]], source: Source) -> int | None:
    """The position of the one piece at the place that a source names; of several, the one that prints its text."""
    found = [each for each in known.get(_key(source), ()) if _is_part(each[1].place.part, source.place)]
    if len(found) > 1 and source.text:
        found = [each for each in found if bare(source.text) in bare(each[1].text)]
    return found[0][0] if len(found) == 1 else None


def _is_part(part: str | None, words: str | None) -> bool:
    """Whether the words for a place begin with a part of the file (readers/printed/form_text.py, `place_words`)."""
    return part is None or words == part or (words is not None and words.startswith(f"{part}、"))
