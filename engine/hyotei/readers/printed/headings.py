"""The headings of measures: what a heading cell is, and which cells of a table are its headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_text import is_heading
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.heading_years import heading_year
from hyotei.sheet.units import COUNTERS, PERCENT, YEN, read_unit

Kind = Literal[
    "objective", "name", "number", "unit", "main", "baseline", "baseline_year", "target", "target_year", "actual",
    "actual_year", "condition", "yearly_target", "yearly_actual", "both", "both_turned", "year", "achieved", "final", "years",
    "tag", "other",
]  # fmt: skip

_YEARLY: Final = "(?:年度(?:ごと|毎)の|各年度の?|毎年度の?)"
_TARGET: Final = r"目標(?:\(?値\)?|水準|\(水準\)|値\(水準\))?"
_ACTUAL: Final = r"実績(?:\(?値\)?)?(?:又は施策の進捗状況(?:\(実績\))?)?|施策の進捗状況(?:\(実績\))?"
_INDICATOR: Final = "測定指標|成果指標|業績指標|評価指標|アウトカム指標|参考指標|指標"
_WORDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("objective", "施策目標|達成目標|施策の目標|達成すべき目標|目標名"),
    ("name", rf"(?:主要な|参考となる)?(?:{_INDICATOR})(?:の名称|名)?(?:\(.{{1,50}}\))?"),
    ("number", r"番号|No\.?|NO\.?|#"),
    ("unit", "単位"),
    ("main", "主要な?(?:測定)?指標"),
    ("baseline_year", "基準(?:値の)?(?:年度?|時点)"),
    ("target_year", "目標(?:値の|達成)?(?:年度?|時点)|達成年度"),
    ("actual_year", "実績(?:値の)?(?:年度?|時点)"),
    ("condition", "(?:目標(?:値)?の)?条件"),
    ("both", rf"(?:{_YEARLY})?{_TARGET}[/・()上段]*(?:及び|と)?(?:{_YEARLY})?(?:{_ACTUAL})(?:\(?下段\)?)?"),
    ("both_turned", rf"(?:{_YEARLY})?(?:{_ACTUAL})[/・()上段]*(?:及び|と)?(?:{_YEARLY})?{_TARGET}(?:\(?下段\)?)?"),
    ("yearly_target", f"{_YEARLY}{_TARGET}"),
    ("yearly_actual", f"{_YEARLY}(?:{_ACTUAL})"),
    ("baseline", r"(?:基準|初期|策定時|開始時)(?:の?(?:数値|\(?値\)?))?|当初値"),
    ("final", f"最終{_TARGET}|最終(?:年度)?"),
    ("target", _TARGET),
    ("actual", _ACTUAL),
    ("achieved", "(?:目標の?)?達成(?:状況|の?有無|度合い?|の?可否)?|判定(?:結果)?|評価(?:結果)?"),
    ("years", "年度?|年次|時点"),
    ("tag", r"\(?(?:値|数値|毎年度|各年度)\)?"),
    (
        "other",
        ".{0,30}(?:(?:選定|設定)の?(?:理由|根拠|考え方)|根拠).{0,30}|備考|参考|出典|(?:把握|算出)の?方法|区分",
    ),
)
_KINDS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _WORDS)
_LONGEST: Final = 70
_LONGEST_STRANGE: Final = 15
_REMARK: Final = re.compile(r"\(?※[0-9a-z]*\)?|\(?注[0-9]*\)|\*[0-9]*|[【\[(]年度[】\])]|\([上下]段\)")
_INNER_YEAR: Final = re.compile(r"[(\[【](.{2,14})[)\]】]$")
_INNER_UNIT: Final = re.compile(r"[(\[](?:単位[::]?)?([^()\[\]]{1,10})[)\]]$")

VALUES: Final[frozenset[Kind]] = frozenset(
    ("baseline", "baseline_year", "target", "target_year", "actual", "actual_year", "condition", "yearly_target",
     "yearly_actual", "both", "both_turned", "year", "achieved", "final")
)  # fmt: skip
"""Kinds of the columns that hold figures, or what belongs to one."""
ROLES: Final[frozenset[Kind]] = frozenset(
    ("baseline", "target", "actual", "yearly_target", "yearly_actual", "both", "both_turned", "final")
)
_YEARS_OF: Final[dict[Kind, Kind]] = {
    "baseline": "baseline_year", "target": "target_year", "final": "target_year", "actual": "actual_year",
}  # fmt: skip
_DASHES: Final = frozenset(("-", "―", "/"))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: its kind, a year or a unit that stands in it, and whether it calls its figures estimates."""

    kind: Kind
    year: int | None = None
    unit: str | None = None
    estimated: bool = False


@dataclass(slots=True)
class FigureColumn:
    """A column of figures: the kinds that its headings name from the top down, its year, its unit, whether it is called the last
    target, and whether its figures are estimates.
    """

    kinds: list[Kind] = field(default_factory=list)
    year: int | None = None
    unit: str | None = None
    final: bool = False
    estimated: bool = False


@dataclass(slots=True)
class Header:
    """Rows of headings and the columns below them."""

    rows: range
    columns: dict[int, FigureColumn] = field(default_factory=dict)
    names: range | None = None
    objectives: range | None = None
    others: dict[int, Kind] = field(default_factory=dict)
    """Columns of numbers, units, marks and remarks by their kind."""

    @property
    def first(self) -> int:
        """The first column of figures."""
        return min(self.columns)


def heading_of(cell: FormCell, hint: int) -> Heading | None:
    """What a cell says as a heading; None for other texts."""
    text = _REMARK.sub("", close(cell))
    if not text:
        return Heading("tag") if close(cell) else None
    if len(text) > _LONGEST:
        return None
    said = year_heading(cell.text, hint)
    if said is not None and said.word in ("actual", "target"):
        # 令和元年度実績値: a role of its own, and no year below one.
        return Heading("actual" if said.word == "actual" else "target", said.year)
    if said is not None and said.word in ("estimate", "outturn_estimate"):
        return Heading("actual" if "実績" in text else "year", said.year, estimated=True)
    year = heading_year(cell.text, hint)
    if year is not None:
        return Heading("year", year)
    kind = _kind(text)
    if kind is not None:
        return Heading(kind)
    inner = _INNER_YEAR.search(text)
    if inner is not None and (year := heading_year(inner[1], hint)) is not None:
        kind = _kind(text[: inner.start()])
        return None if kind is None else Heading(kind, year)
    before = re.match(r"(.{2,14}?年度)(?:の)?(?=.)", text)
    if before is not None and (year := heading_year(before[1], hint)) is not None:
        kind = _kind(text[before.end() :])
        return None if kind is None else Heading(kind, year)
    unit = unit_at_end(text)
    if unit is not None:
        kind = _kind(re.sub(r"[(\[][^()\[\]]*[)\]]$", "", text))
        return None if kind is None else Heading(kind, None, unit)
    return None


def unit_at_end(text: str) -> str | None:
    """The unit in brackets at the end of a heading or name: 「利用率（％）」, 「利用者数（単位：千人）」."""
    match = _INNER_UNIT.search(bare(text))
    if match is None:
        return None
    unit = read_unit(match[1])
    if unit is None:
        return None
    counted = match[1].lstrip("十百千万億")
    certain = "単位" in match[0] or unit.name in (PERCENT, YEN) or unit.name in COUNTERS or counted in COUNTERS
    return match[1] if certain else None


def _kind(text: str) -> Kind | None:
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), None)


def headers(grid: Grid, hint: int, excluded: set[tuple[int, int]]) -> Iterator[Header]:
    """The headers of measures in a table, from the top; `excluded` are cells of the budget."""
    row = grid.rows.start
    while row < grid.rows.stop:
        if not _begins(grid, row, hint, excluded):
            row += 1
            continue
        end = row + 1
        while end < grid.rows.stop and _continues(grid, end, hint, excluded):
            end += 1
        header = _header(grid, range(row, end), hint)
        if header is not None:
            yield header
        row = end


def _begins(grid: Grid, row: int, hint: int, excluded: set[tuple[int, int]]) -> bool:
    """Whether a row holds the headings of figures and, from the first of them on, nothing else."""
    cells = [cell for cell in grid.starting(row) if (cell.row, cell.column) not in excluded]
    kinds = [heading.kind if (heading := heading_of(cell, hint)) is not None else None for cell in cells]
    first = next((position for position, kind in enumerate(kinds) if kind in VALUES), None)
    if first is None:
        return False
    known = [kind for kind in kinds[first:] if kind in VALUES]
    strange = [cell for cell, kind in zip(cells[first:], kinds[first:], strict=True) if kind is None]
    if strange and not (len({*known} & ROLES) > 1 and len(strange) < len(known) and all(map(_named, strange))):
        return False
    return len(known) > 1 and (len({*known} & ROLES) > 1 or (bool({*known} & ROLES) and len(set(known)) > 1))


def _named(cell: FormCell) -> bool:
    """Whether a cell may be the heading of a column that is in no list: a few words without a number."""
    text = close(cell)
    return len(text) <= _LONGEST_STRANGE and not any(sign.isdigit() for sign in text) and "。" not in text


def _continues(grid: Grid, row: int, hint: int, excluded: set[tuple[int, int]]) -> bool:
    """Whether a row below headings holds headings only."""
    cells = [cell for cell in grid.starting(row) if (cell.row, cell.column) not in excluded]
    # A dash stands where a column has no year.
    found = [
        Heading("tag") if close(cell) in _DASHES and _role_above(grid, cell, hint) else heading_of(cell, hint)
        for cell in cells
        if not mark_below(grid, cell, hint)
    ]
    return (
        bool(found)
        and all(found)
        and any(each is not None and each.kind in (*VALUES, "tag", "years") for each in found)
    )


def _role_above(grid: Grid, cell: FormCell, hint: int) -> bool:
    above = grid.at(cell.row - 1, cell.column)
    heading = heading_of(above, hint) if above is not None else None
    return heading is not None and heading.kind in ROLES


def mark_below(grid: Grid, cell: FormCell, hint: int) -> bool:
    """Whether a cell is what a heading 「達成」 right above it asks for, which begins beside the years."""
    above = grid.at(cell.row - 1, cell.column)
    heading = heading_of(above, hint) if above is not None else None
    return heading is not None and heading.kind == "achieved"


def _header(grid: Grid, rows: range, hint: int) -> Header | None:
    header = Header(rows)
    for column in grid.columns:
        stack = list(_stack(grid, rows, column, hint))
        kinds: list[Kind] = [heading.kind for _, heading in stack]
        cells = [cell for cell, _ in stack]
        values: list[Kind] = [kind for kind in kinds if kind in VALUES and kind != "year"]
        if kinds[-1:] == ["years"] and values and cells[-2].columns > 1 and values[-1] in _YEARS_OF:
            # 基準値 over 年度 and 値: the column of its year.
            values.append(_YEARS_OF[values[-1]])
        if values or "year" in kinds:
            header.columns[column] = FigureColumn(
                ["target" if kind == "final" else kind for kind in values],
                next((each.year for _, each in reversed(stack) if each.year is not None), None),
                next((each.unit for _, each in reversed(stack) if each.unit is not None), None),
                "final" in values,
                any(each.estimated for _, each in stack),
            )
        elif "name" in kinds:
            cell = cells[kinds.index("name")]
            if header.names is None and not _section(grid, cell, rows):
                header.names = range(cell.column, cell.column + cell.columns)
        elif "objective" in kinds and not _section(grid, cells[kinds.index("objective")], rows):
            cell = cells[kinds.index("objective")]
            header.objectives = header.objectives or range(cell.column, cell.column + cell.columns)
        elif kinds and kinds[-1] not in ("tag", "years"):
            header.others[column] = kinds[-1]
    return header if header.columns else None


def _section(grid: Grid, cell: FormCell, rows: range) -> bool:
    """Whether a heading at the side spans the rows below the header too, and so names a part of the form and no column."""
    return cell.row + cell.rows > rows.stop and is_heading(cell)


def _stack(grid: Grid, rows: range, column: int, hint: int) -> Iterator[tuple[FormCell, Heading]]:
    last: FormCell | None = None
    for row in rows:
        cell = grid.at(row, column)
        if cell is None or cell is last:
            continue
        last = cell
        heading = heading_of(cell, hint)
        if heading is not None:
            yield cell, heading


def roles_of(kinds: Sequence[Kind]) -> list[Kind]:
    """The figures that a column may hold, from its upper row to its lower one."""
    found: list[Kind] = []
    for kind in kinds:
        each: tuple[Kind, ...] = (kind,)
        if kind == "both":
            each = ("yearly_target", "yearly_actual")
        elif kind == "both_turned":
            each = ("yearly_actual", "yearly_target")
        found += [one for one in each if one in ROLES and one not in found]
    return found


def closes(cell: FormCell) -> bool:
    """Whether a cell begins another part of the form."""
    if not is_heading(cell):
        return False
    text = close(cell)
    return not any(pattern.match(text) for section, pattern in words.HEADINGS if section in ("measures", "goal"))
