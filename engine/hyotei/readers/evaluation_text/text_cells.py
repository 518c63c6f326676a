"""The printed pieces of the table of measures: row numbers, texts, figures, figures with labels, and year tags."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.text_lines import TextLine, bare, narrow
from hyotei.readers.evaluation_text.years_in_cell import series_at
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.models import Quantity
from hyotei.sheet.notes import Notes
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import known

_NUMBERED: Final = re.compile(r"([0-9]{1,2})[ .．]+(?=[^\d\s,.%年月日度回件人カか国名社者])(.+)$")
_LABELLED: Final = (
    re.compile(r"・? ?(?P<value>[^()]+?) ?\((?P<label>[^()]{1,40})\)$"),
    re.compile(r"(?:・ ?|^)(?P<label>[^:()・0-9][^:()]{0,39}?) ?: ?(?P<value>[^:]+)$"),
)
_REMARK: Final = re.compile(
    "(?:暫定|速報|確定|確報|推計|推定|概算|見込み?|予測|参考|実績|目標|基準|初期|当初|直近|最新|累計|累積|単年度?|平均|概数?|修正|改定)値?"
    "|.*[月年期旬](?:度|末|頃|ごろ|中|以降|以後)?に?(?:公表|発表|確定|判明|集計|調査|算出)(?:済み?|見込み?)?"
    "|[0-9.]+(?:点満点|段階|点中|段階中).*|.*(?:時点|現在|予定|調べ)|[0-9]{1,2}月末?|内数|うち数|再掲|(?:対?前年度?)比.*|[※注*].*|四捨五入|小数.*"
    "|[0-9¹²³⁰⁴-⁹]{1,3}|うち.*|内[0-9].*|.*年度?の?(?:累計|累積|合計|通算|平均)"
    r"|(?:平成|令和|昭和|[HRS]\.?)(?:[0-9]{1,2}|元)(?:年度?)?[~から-].*"
)
"""What stands in brackets behind a figure and is no label of a measure."""
_MOST: Final = 12
"""Figures of a row on one line at most."""
_LONGEST: Final = 40
"""Characters of a figure with what belongs to it; anything longer is a text."""


@dataclass(frozen=True, slots=True)
class Item:
    """A figure, with the label of its measure where its cell holds several."""

    text: str
    line: int
    label: str | None = None
    behind: str | None = None
    """The label in its brackets where it is printed behind the figure."""


@dataclass(slots=True, eq=False)
class TextCell:
    """One cell of the table: figures, or a text; with its year where a tag stands by it."""

    items: tuple[Item, ...]
    text: str
    line: int
    block: int
    year: int | None = None
    tag_notes: Notes = ()
    lines: list[int] = field(default_factory=list)
    series: dict[int, Item] = field(default_factory=dict)
    """The figures by year, where one cell prints several years; `items` is then the one that counts."""

    def settle(self, year: int) -> None:
        """Makes the figure of a year the one that counts, if the cell prints several years and that is among them."""
        if year in self.series:
            self.items, self.year = (self.series[year],), year

    @property
    def labelled(self) -> bool:
        return bool(self.items) and self.items[0].label is not None

    @property
    def figure(self) -> bool:
        return bool(self.items)

    @property
    def dash(self) -> bool:
        """Whether the cell is printed as empty; such a cell often has no year."""
        quantity = figure_of(self.items[0].text) if self.items else None
        return quantity is not None and quantity.unknown == "missing"


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The number of a row."""

    text: str
    line: int
    block: int


@dataclass(frozen=True, slots=True)
class Tags:
    """Year tags with nothing else on their line, or in a group."""

    years: tuple[int, ...]
    line: int
    block: int


Token = TextCell | CellNumber | Tags


@dataclass(frozen=True, slots=True)
class _Atom:
    """Part of a line: a text, or a group of tags."""

    text: str
    line: int
    years: tuple[int, ...] = ()


def _series(atoms: list[_Atom], index: int, block: int, hint: int, evaluated: int) -> tuple[TextCell, int] | None:
    """The cell of several years that begins here, and the position after it."""
    found = series_at([(atom.text, atom.line) for atom in atoms], index, hint, evaluated)
    if found is None or any(figure_of(each.text) is None for each in found[0]):
        return None
    series = {each.year: Item(each.text, each.line) for each in sorted(found[0])}
    last = max(series)
    text = " ".join(atom.text for atom in atoms[index : found[1]])
    lines = [atom.line for atom in atoms[index : found[1]]]
    cell = TextCell((series[last],), text, lines[0], block, year=last, lines=lines, series=series)
    return cell, found[1]


def tokens_of(
    groups: Iterable[Sequence[TextLine]], hint: int, *, numbers: bool = True, evaluated: int | None = None
) -> list[Token]:
    """The pieces of blocks in the order of the text.

    Args:
        groups: the blocks.
        hint: a year near which the tags' years are.
        numbers: whether the rows may be numbered.
        evaluated: the evaluated year, where one cell may print several years; elsewhere years with figures may be of anything.
    """
    found: list[Token] = []
    for position, group in enumerate(groups):
        texts: list[_Atom] = []
        for line in group:
            pieces = _row_of_line(line) if numbers else [line]
            for atom in (atom for piece in pieces for atom in _atoms(piece, hint)):
                if atom.years:
                    found += _cells(texts, position, numbers, hint, evaluated)
                    texts = []
                    _tag(found, Tags(atom.years, atom.line, position))
                else:
                    texts.append(atom)
        found += _cells(texts, position, numbers, hint, evaluated)
    return found


@lru_cache(maxsize=4096)
def figure_of(text: str) -> Quantity | None:
    """The figure that a text is, or the word that stands in place of one; None for other texts."""
    if not text or len(text) > _LONGEST:
        return None
    quantity, problems = read_quantity(text)
    if problems or quantity.source is None:
        return None
    if quantity.unknown in ("qualitative", "unread", None) and quantity.value is None:
        return None
    if quantity.source.reading == "stated":
        return quantity
    # Words beside a figure that belong to it (延べ、年間、月平均) are part of a cell; a unit in no list may be the words of a text.
    surely = quantity.unit is None or known(quantity.unit)
    return quantity if surely and any(sign.isdigit() for sign in text) else None


def _row_of_line(line: TextLine) -> list[TextLine]:
    """The pieces of a row that is printed on one line, its name, then its figures: 「1 利用者数 100人【23年度】 120人」."""
    plain = re.sub(" (?=【)", "", line.plain)
    parts = plain.split(" ")
    figures = len(parts)
    # A cell with its year is one, whether it can be read (30数件【26年度】) or not.
    while figures and (
        figure_of(words.TAG.sub("", parts[figures - 1])) is not None or _dated_number(parts[figures - 1])
    ):
        figures -= 1
    name, count = " ".join(parts[:figures]), len(parts) - figures
    values = [quantity for part in parts[figures:] if (quantity := figure_of(words.TAG.sub("", part))) is not None]
    united = any(each.unit is not None for each in values)
    numbered = re.fullmatch("([0-9]{1,2})[ .．]+(.+)", name)
    names = [numbered[1], numbered[2]] if numbered is not None else [name]
    if not name or not united or count > _MOST or figure_of(names[-1]) is not None or "。" in name:
        return [line]
    if count < 2 and not (words.INDICATOR.search(bare(name)) and words.TAG.search(plain)):
        return [line]
    return [TextLine(line.number, text, text, line.page) for text in (*names, *parts[figures:])]


def _dated_number(text: str) -> bool:
    match = words.TAG.search(text)
    return match is not None and match.end() == len(text) and any(sign.isdigit() for sign in text[: match.start()])


def _atoms(line: TextLine, hint: int) -> list[_Atom]:
    """The texts and the groups of tags of a line."""
    plain = words.EMPTY_TAG.sub(" ", line.plain).strip()
    found: list[_Atom] = []
    years: list[int] = []
    at = 0
    for match in words.TAG.finditer(plain):
        reading, _ = read_fiscal_year(match[1].strip(), hint=hint)
        if reading is None:
            continue
        between = plain[at : match.start()].strip()
        if between:
            if years:
                found.append(_Atom("", line.number, tuple(years)))
                years = []
            found.append(_Atom(between, line.number))
        years.append(reading.year)
        at = match.end()
    if years:
        found.append(_Atom("", line.number, tuple(years)))
    rest = plain[at:].strip()
    if rest:
        found.append(_Atom(rest, line.number))
    return found


def _tag(found: list[Token], tags: Tags) -> None:
    """A tag right after a cell without one is that cell's; others wait until the rows are known."""
    last = found[-1] if found else None
    if len(tags.years) == 1 and isinstance(last, TextCell) and last.year is None and tags.block - last.block <= 1:
        last.year = tags.years[0]
        return
    found.append(tags)


def _cells(atoms: list[_Atom], block: int, numbers: bool, hint: int, evaluated: int | None) -> list[Token]:
    """The cells of texts that stand together without a tag between them."""
    if evaluated is None:
        return _plain_cells(atoms, block, numbers)
    found: list[Token] = []
    before = index = 0
    while index < len(atoms):
        taken = _series(atoms, index, block, hint, evaluated)
        if taken is None:
            index += 1
            continue
        found += _plain_cells(atoms[before:index], block, numbers)
        found.append(taken[0])
        before = index = taken[1]
    return [*found, *_plain_cells(atoms[before:], block, numbers)]


def _plain_cells(atoms: list[_Atom], block: int, numbers: bool) -> list[Token]:
    """The cells of texts none of which prints several years."""
    found: list[Token] = []
    pending: list[_Atom] = []
    atoms = [part for atom in atoms for part in _apart(atom)]
    index = 0

    def flush() -> None:
        if pending:
            text = narrow("".join(atom.text for atom in pending))
            found.append(TextCell((), text, pending[0].line, block, lines=[atom.line for atom in pending]))
            pending.clear()

    while index < len(atoms):
        atom = atoms[index]
        if numbers and re.fullmatch("[0-9]{1,2}", atom.text):
            flush()
            found.append(CellNumber(atom.text, atom.line, block))
            index += 1
            continue
        numbered = _NUMBERED.match(atom.text) if numbers else None
        if numbered is not None and figure_of(atom.text) is None:
            flush()
            found.append(CellNumber(numbered[1], atom.line, block))
            atoms[index] = _Atom(numbered[2], atom.line)
            continue
        taken = _figure_at(atoms, index)
        if taken is None:
            pending.append(atom)
            index += 1
            continue
        item, index = taken
        flush()
        last = found[-1] if found else None
        if (
            item.label is not None
            and isinstance(last, TextCell)
            and last.labelled
            and all(each.label != item.label for each in last.items)
        ):
            last.items = (*last.items, item)
            last.text = f"{last.text} {item.text}"
            last.lines.append(item.line)
        else:
            found.append(TextCell((item,), item.text, item.line, block, lines=[item.line]))
    flush()
    return found


def _apart(atom: _Atom) -> list[_Atom]:
    """The figures of one line apart: 「７回 21回 10回程度」, 「・５回（Ａ） ・３回（Ｂ）」."""
    parts = re.split(r" (?=・)", atom.text) if atom.text.startswith("・") else [atom.text]
    if len(parts) == 1:
        parts = atom.text.split(" ")
        if not 1 < len(parts) <= 12:
            return [atom]
        label = [_labelled(part) is not None or _plain_figure(part) for part in parts]
        if not all(label):
            return [atom]
    return [_Atom(part, atom.line) for part in parts]


def _plain_figure(text: str) -> bool:
    return figure_of(text) is not None and not re.fullmatch("[0-9]{1,2}", text)


def _figure_at(atoms: list[_Atom], index: int) -> tuple[Item, int] | None:
    """The figure that begins here, over up to three lines, and the position after it."""
    best: tuple[Item, int] | None = None
    text = ""
    for end in range(index, min(index + 3, len(atoms))):
        text += atoms[end].text
        if len(text) > 2 * _LONGEST:
            break
        if end > index and atoms[end].text[0] in "・0123456789" and _open(text[: -len(atoms[end].text)]) <= 0:
            break
        item = _item(text, atoms[index].line)
        if item is not None:
            best = item, end + 1
        elif best is not None:
            break
    return best


def _open(text: str) -> int:
    """Brackets that are not closed."""
    return text.count("(") - text.count(")")


def _item(text: str, line: int) -> Item | None:
    labelled = _labelled(text)
    if labelled is not None:
        value, label = labelled
        return Item(value, line, label, f"（{label}）" if text.rstrip().endswith((")", "）")) else None)
    stripped = text.removeprefix("・").strip()
    return Item(stripped, line) if figure_of(stripped) is not None else None


def _labelled(text: str) -> tuple[str, str] | None:
    """Figure and label of 「・５回（セミナー等）」 or 「セミナー等：５回」."""
    for pattern in _LABELLED:
        match = pattern.fullmatch(folded(text))
        if match is None or _REMARK.fullmatch(bare(match["label"])):
            continue
        if figure_of(match["value"]) is not None and figure_of(match["label"]) is None:
            return match["value"].strip(), match["label"].strip()
    return None


def same_label(first: str, second: str) -> bool:
    """Whether two labels are one, apart from width and blanks."""
    return bare(first) == bare(second)
