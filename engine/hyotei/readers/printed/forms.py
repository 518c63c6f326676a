"""Several evaluation sheets of one file told apart: each begins with its title, or with the name of its policy."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine
from hyotei.readers.printed.form_text import Piece, policy_label
from hyotei.readers.printed.grid import Grid, close, grid_of, rows_of

_TITLE: Final = re.compile(
    r".{0,12}?(?:(?:平成|令和|昭和)[0-9元]{1,2}|[0-9]{4})年度?[^。、]{0,30}?(?:評価(?:書|表|票|調書|シート|個票)|事前分析表).{0,30}"
)
_NUMBER: Final = re.compile(r"[(\[]?[一-龥]{1,14}(?:省|庁|府|会|院)[0-9]{1,4}-[①-⑳㉑-㉟㊱-㊿(0-9].{0,20}")
_POLICY: Final = re.compile(r"(?:政策|施策)名(?:称)?(?:\(※?[0-9]*\)|※[0-9]?)?[::]?(?:[^、。]{0,80})")
_BODY: Final = re.compile("測定指標|予算の状況|予算額・執行額|当初予算|目標値?$|実績値?$|決算額|支出済")
_SHEET: Final = "シート"
_BEFORE: Final = 8
"""Lines or rows above the name of the policy among which its title stands."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A line, or a row of a table: its texts, and where it is."""

    piece: int
    row: int | None
    texts: tuple[str, ...]
    policy: bool
    labelled: bool = False
    """Whether it begins with another label of a title, such as 事務事業名, which stands in other tables too."""
    first: bool = False
    """Whether it is the first row of a sheet of a workbook."""

    @property
    def title(self) -> bool:
        return self.first or any(_TITLE.fullmatch(text) or _NUMBER.fullmatch(text) for text in self.texts)

    @property
    def body(self) -> bool:
        return any(len(text) < 80 and _BODY.search(text) for text in self.texts)


def forms_of(blocks: Iterable[Block], form: Form) -> list[list[Piece]]:
    """The pieces of each form, in the order of the file; all of them in one where nothing parts them.

    `form` says which labels stand before a title.
    """
    pieces: list[Piece] = [block if isinstance(block, FormLine) else grid_of(block) for block in blocks]
    items = list(_items(pieces, form))
    starts = _starts(items)
    if len(starts) < 2:
        return [pieces] if pieces else []
    bounds = [0, *starts[1:], len(items)]
    return [_cut(pieces, items[start:end]) for start, end in pairwise(bounds) if end > start]


def _items(pieces: Sequence[Piece], form: Form) -> Iterable[_Item]:
    titles = [re.compile(f"(?:{row.pattern})[::]?") for row in form.rows("labels") if row.item == "title"]
    for position, piece in enumerate(pieces):
        if isinstance(piece, FormLine):
            text = bare(piece.text)
            yield _Item(position, None, (text,), _POLICY.fullmatch(text) is not None)
            continue
        for row in piece.rows:
            cells = piece.starting(row)
            if cells:
                texts = tuple(close(cell)[:400] for cell in cells)
                first = row == piece.rows.start and (piece.place.part or "").startswith(_SHEET)
                labelled = any(pattern.fullmatch(texts[0]) for pattern in titles)
                yield _Item(position, row, texts, _named(piece, cells), labelled, first)


def _named(grid: Grid, cells: Sequence[FormCell]) -> bool:
    """Whether a row names the policy: its first text is the label, alone or with the name behind it."""
    first = next((cell for cell in cells if cell.text.strip()), None)
    if first is None:
        return False
    return policy_label(first) or (
        len(grid.starting(first.row)) == 1 and _POLICY.fullmatch(close(first)) is not None and len(close(first)) > 4
    )


def _starts(items: Sequence[_Item]) -> list[int]:
    """Where each form begins."""
    named = [
        position for position, item in enumerate(items) if item.policy or (item.labelled and _begins(items, position))
    ]
    if len(named) < 2:
        return named
    starts: list[int] = []
    for position in named:
        last = starts[-1] if starts else -1
        titles = [each for each in (*_before(position, last + 1), position) if items[each].title]
        following = next((each for each in named if each > position), len(items))
        if not starts:
            starts.append(titles[0] if titles else position)
        elif titles and any(item.body for item in items[last : titles[0]]):
            starts.append(titles[0])
        elif any(item.body for item in items[last:position]) and any(item.body for item in items[position:following]):
            starts.append(position)
    return starts


def _before(position: int, first: int = 0) -> range:
    return range(max(first, position - _BEFORE), position)


def _begins(items: Sequence[_Item], position: int) -> bool:
    """Whether a title of its kind, or the beginning of a sheet, stands right above a label."""
    return any(items[each].title for each in (*_before(position), position))


def _cut(pieces: Sequence[Piece], items: Sequence[_Item]) -> list[Piece]:
    """The pieces of a stretch of items, tables cut between rows."""
    found: list[Piece] = []
    rows: dict[int, list[int]] = {}
    for item in items:
        if item.row is None:
            found.append(pieces[item.piece])
            continue
        if item.piece not in rows:
            rows[item.piece] = []
            found.append(pieces[item.piece])
        rows[item.piece].append(item.row)
    places = {id(pieces[piece]): wanted for piece, wanted in rows.items()}
    return [rows_of(piece, places[id(piece)]) if isinstance(piece, Grid) else piece for piece in found]
