"""The headings of measures: what a heading cell is, and which cells of a table are its headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final, Literal, cast

from hyotei.forms.items import states_fact
from hyotei.forms.model import Form
from hyotei.forms.printed_words import BUILT_IN
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.printed.choice_marks import is_mark
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_text import is_heading
from hyotei.readers.printed.grid import Grid, close, plain
from hyotei.readers.printed.heading_years import heading_year
from hyotei.readers.words_of_forms import FormWords, part_patterns
from hyotei.sheet.units import COUNTERS, PERCENT, YEN, read_unit

Kind = Literal[
    "objective", "name", "number", "unit", "main", "baseline", "baseline_year", "target", "target_year", "actual",
    "actual_year", "condition", "yearly_target", "yearly_actual", "both", "both_turned", "year", "achieved", "final", "years",
    "tag", "rate", "other", "stated",
]  # fmt: skip
"""What a heading can be; `stated` is a fact or a recorded result, of which the heading says the name."""

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
_RELATIVE: Final = re.compile(
    "(?:(?P<before>前年度|昨年度)|(?P<own>当年度|当該年度|本年度|今年度)|(?P<after>翌年度|次年度|来年度))(?:の)?(?P<rest>.*)"
)
"""A year by how far it is from the evaluated one."""
_YEAR_OR_NUMBER: Final = re.compile(BUILT_IN["年度"])
_ROWS_OF_ROLES: Final = 5
"""Rows below a row of years among which the labels of targets and of actuals stand."""
_DASHES: Final = frozenset(("-", "―", "/"))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: its kind, a year or a unit that stands in it, whether it calls its figures estimates, and which fact or
    recorded result stands below it.
    """

    kind: Kind
    year: int | None = None
    unit: str | None = None
    estimated: bool = False
    item: str | None = None


@dataclass(frozen=True, slots=True)
class StatedColumn:
    """A column of a fact or a recorded result of measures: the item, and the year, the words and the unit of its heading."""

    item: str
    year: int | None
    words: str
    unit: str | None = None


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

    @property
    def year_of(self) -> bool:
        """Whether the column holds the years of figures and not figures."""
        return any(kind in self.kinds for kind in _YEARS_OF.values())


@dataclass(slots=True)
class Header:
    """Rows of headings and the columns below them."""

    rows: range
    columns: dict[int, FigureColumn] = field(default_factory=dict)
    names: range | None = None
    objectives: range | None = None
    others: dict[int, Kind] = field(default_factory=dict)
    """Columns of numbers, units, marks and remarks by their kind."""
    stated: dict[int, StatedColumn] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first column of figures."""
        return min(self.columns)


def heading_of(cell: FormCell, words: FormWords) -> Heading | None:
    """What a cell says as a heading; None for other texts."""
    text = _REMARK.sub("", close(cell))
    if not text:
        return Heading("tag") if close(cell) else None
    if len(text) > _LONGEST:
        return None
    said = year_heading(cell.text, words)
    if said is not None and said.word in ("actual", "target"):
        # 令和元年度実績値: a role of its own, and no year below one.
        return Heading("actual" if said.word == "actual" else "target", said.year)
    if said is not None and said.word in ("estimate", "outturn_estimate"):
        return Heading("actual" if "実績" in text else "year", said.year, estimated=True)
    year = heading_year(cell.text, words)
    if year is not None:
        # A form may say what the figures below its years are: {年度} as 実績値.
        kind = cast("Kind | None", words.form.item("measures", text))
        return Heading(kind if kind in ROLES else "year", year)
    whole = _heading(text, words.form)
    inner = _INNER_YEAR.search(text)
    if inner is not None and (year := heading_year(inner[1], words)) is not None:
        dated = _heading(text[: inner.start()], words.form, year)
        # Where a form takes any text in brackets, as of 中間目標値(R7), a year is still that of the figures.
        return dated if whole is None or (dated is not None and dated.kind == whole.kind) else whole
    if whole is not None:
        with_unit = whole.kind in ROLES or whole.kind == "stated"
        return Heading(whole.kind, unit=unit_at_end(text), item=whole.item) if with_unit else whole
    before = re.match(r"(.{2,14}?年度)(?:の)?(?=.)", text)
    if before is not None and (year := heading_year(before[1], words)) is not None:
        return _heading(text[before.end() :], words.form, year)
    relative = _RELATIVE.fullmatch(text) if words.evaluated is not None else None
    if relative is not None and words.evaluated is not None:
        year = words.evaluated + (relative["after"] is not None) - (relative["before"] is not None)
        return _heading(relative["rest"], words.form, year) if relative["rest"] else Heading("year", year)
    unit = unit_at_end(text)
    if unit is not None:
        return _heading(re.sub(r"[(\[][^()\[\]]*[)\]]$", "", text), words.form, None, unit)
    return _role_and_unit(cell, words.form)


def _role_and_unit(cell: FormCell, form: Form) -> Heading | None:
    """A role with the unit of its figures behind a blank: 成果実績　部, 達成度　％."""
    parts = plain(cell).split()
    if len(parts) != 2 or read_unit(parts[1]) is None or any(sign.isdigit() for sign in parts[1]):
        return None
    said = _heading(bare(parts[0]), form, None, parts[1])
    return said if said is not None and (said.kind in ROLES or said.kind in ("rate", "achieved")) else None


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


def _heading(text: str, form: Form, year: int | None = None, unit: str | None = None) -> Heading | None:
    """What the words of a heading say by the form, with what stands beside them."""
    # What a form says of {年度} is said of headings that are years, and never of a figure such as 480 or 70年.
    item = None if _YEAR_OR_NUMBER.fullmatch(text) else form.item("measures", text)
    if item is None:
        return None
    return Heading("stated", year, unit, item=item) if states_fact(item) else Heading(cast("Kind", item), year, unit)


def headers(grid: Grid, words: FormWords, excluded: set[tuple[int, int]]) -> Iterator[Header]:
    """The headers of measures in a table, from the top; `excluded` are cells of the budget."""
    row = grid.rows.start
    while row < grid.rows.stop:
        if not _begins(grid, row, words, excluded):
            row += 1
            continue
        end = row + 1
        while end < grid.rows.stop and _continues(grid, end, words, excluded):
            end += 1
        header = _header(grid, range(row, end), words)
        if header is not None:
            yield header
        row = end


def _begins(grid: Grid, row: int, words: FormWords, excluded: set[tuple[int, int]]) -> bool:
    """Whether a row holds the headings of figures and, from the first of them on, nothing else."""
    cells = [cell for cell in grid.starting(row) if (cell.row, cell.column) not in excluded]
    kinds = [heading.kind if (heading := heading_of(cell, words)) is not None else None for cell in cells]
    first = next((position for position, kind in enumerate(kinds) if kind in VALUES), None)
    if first is None:
        return False
    known = [kind for kind in kinds[first:] if kind in VALUES]
    if set(known) == {"year"} and None not in kinds[first:]:
        return roles_below(grid, row, words)
    strange = [cell for cell, kind in zip(cells[first:], kinds[first:], strict=True) if kind is None]
    if strange and not (len({*known} & ROLES) > 1 and len(strange) < len(known) and all(map(_named, strange))):
        return False
    return len(known) > 1 and (len({*known} & ROLES) > 1 or (bool({*known} & ROLES) and len(set(known)) > 1))


def roles_below(grid: Grid, row: int, words: FormWords) -> bool:
    """Whether the labels of the rows right below a row of years say in turn that they are of targets and of actuals."""
    roles: set[Kind] = set()
    for below in range(row + 1, min(row + _ROWS_OF_ROLES, grid.rows.stop)):
        found = [heading.kind for cell in grid.starting(below) if (heading := heading_of(cell, words)) is not None]
        if "year" in found:
            break
        roles |= {kind for kind in found if kind in ROLES}
    return bool(roles & {"target", "yearly_target"}) and bool(roles & {"actual", "yearly_actual"})


def _named(cell: FormCell) -> bool:
    """Whether a cell may be the heading of a column that is in no list: a few words without a number."""
    text = close(cell)
    return len(text) <= _LONGEST_STRANGE and not any(sign.isdigit() for sign in text) and "。" not in text


def _continues(grid: Grid, row: int, words: FormWords, excluded: set[tuple[int, int]]) -> bool:
    """Whether a row below headings holds headings only."""
    cells = [cell for cell in grid.starting(row) if (cell.row, cell.column) not in excluded]
    # A dash stands where a column has no year.
    found = [
        Heading("tag") if close(cell) in _DASHES and _role_above(grid, cell, words) else heading_of(cell, words)
        for cell in cells
        if not mark_below(grid, cell, words)
    ]
    return (
        bool(found)
        and all(found)
        and any(each is not None and each.kind in (*VALUES, "tag", "years") for each in found)
    )


def _role_above(grid: Grid, cell: FormCell, words: FormWords) -> bool:
    above = grid.at(cell.row - 1, cell.column)
    heading = heading_of(above, words) if above is not None else None
    return heading is not None and heading.kind in ROLES


def mark_below(grid: Grid, cell: FormCell, words: FormWords) -> bool:
    """Whether a cell is what a heading 「達成」 or 「主要」 right above it asks for, which begins beside the years."""
    above = grid.at(cell.row - 1, cell.column)
    heading = heading_of(above, words) if above is not None else None
    if heading is None:
        return False
    if heading.kind == "stated":
        return heading_of(cell, words) is None
    return heading.kind in ("achieved", "main") or (heading.kind == "name" and is_mark(cell.text))


def _header(grid: Grid, rows: range, words: FormWords) -> Header | None:
    header = Header(rows)
    of_names: str | None = None
    for column in grid.columns:
        stack = list(_stack(grid, rows, column, words))
        kinds: list[Kind] = [heading.kind for _, heading in stack]
        cells = [cell for cell, _ in stack]
        values: list[Kind] = [kind for kind in kinds if kind in VALUES and kind != "year"]
        if kinds[-1:] == ["years"] and values and cells[-2].columns > 1 and values[-1] in _YEARS_OF:
            # 基準値 over 年度 and 値: the column of its year.
            values.append(_YEARS_OF[values[-1]])
        stated = next(((cell, each) for cell, each in stack if each.item is not None), None)
        if stated is not None and stated[1].item is not None and not values:
            year = next((each.year for _, each in reversed(stack) if each.year is not None), None)
            unit = next((each.unit for _, each in reversed(stack) if each.unit is not None), None)
            header.stated[column] = StatedColumn(stated[1].item, year, narrow(plain(stated[0])), unit)
        elif values or "year" in kinds:
            header.columns[column] = FigureColumn(
                ["target" if kind == "final" else kind for kind in values],
                next((each.year for _, each in reversed(stack) if each.year is not None), None),
                next((each.unit for _, each in reversed(stack) if each.unit is not None), None),
                "final" in values,
                any(each.estimated for _, each in stack),
            )
        elif "name" in kinds:
            cell = cells[kinds.index("name")]
            below = grid.at(cell.row + cell.rows, column)
            if below is not None and is_mark(below.text):
                header.others[column] = "main"  # 主要な指標: a column of marks names nothing
            elif (header.names is None or _kinds_of_indicators(grid, header, words)) and not _section(
                cell, rows, words.form
            ):
                header.names = range(cell.column, cell.column + cell.columns)
                of_names = unit_at_end(cell.text) if "単位" in cell.text else None
        elif "objective" in kinds and not _section(cells[kinds.index("objective")], rows, words.form):
            cell = cells[kinds.index("objective")]
            header.objectives = header.objectives or range(cell.column, cell.column + cell.columns)
        elif kinds and kinds[-1] not in ("tag", "years"):
            header.others[column] = kinds[-1]
    if of_names is not None:  # 測定指標（単位：千件）
        for each in header.columns.values():
            each.unit = each.unit or of_names
    return header if header.columns else None


def _kinds_of_indicators(grid: Grid, header: Header, words: FormWords) -> bool:
    """Whether the column of names says only what kind of indicator each is, 活動指標 or 成果指標, beside their names."""
    assert header.names is not None, "asked of a column of names"
    below = grid.at(header.rows.stop, header.names.start)
    heading = None if below is None else heading_of(below, words)
    return heading is not None and heading.kind == "name"


def _section(cell: FormCell, rows: range, form: Form) -> bool:
    """Whether a heading at the side spans the rows below the header too, and so names a part of the form and no column."""
    return cell.row + cell.rows > rows.stop and is_heading(cell, form)


def _stack(grid: Grid, rows: range, column: int, words: FormWords) -> Iterator[tuple[FormCell, Heading]]:
    last: FormCell | None = None
    for row in rows:
        cell = grid.at(row, column)
        if cell is None or cell is last:
            continue
        last = cell
        heading = heading_of(cell, words)
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


def closes(cell: FormCell, form: Form) -> bool:
    """Whether a cell begins another part of the form."""
    if not is_heading(cell, form):
        return False
    text = close(cell)
    return not any(pattern.match(text) for part, pattern in part_patterns(form) if part in ("measures", "goal"))
