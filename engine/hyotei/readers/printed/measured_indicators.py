"""What a table of measures holds: its indicators with the cells of their figures, and the cells that were not read."""

from dataclasses import field
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import plain
from hyotei.readers.printed.headings import Kind, unit_at_end
from hyotei.readers.printed.indicator_blocks import Block
from hyotei.sheet.notes import Notes

Role = Literal["baseline", "target", "actual"]
ROLE_OF: Final[dict[Kind, Role]] = {
    "baseline": "baseline", "target": "target", "yearly_target": "target", "actual": "actual", "yearly_actual": "actual",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A cell of figures: what it is (target of a year, or the target as such), and why that is not simply stated."""

    role: Role
    year: int | None
    yearly: bool
    cell: FormCell
    notes: Notes = ()


@dataclass(frozen=True, slots=True)
class StatedCell:
    """A cell that states a fact or a recorded result: the item, the year of its heading or row, the words and the unit of the
    heading.
    """

    item: str
    year: int | None
    words: str
    cell: FormCell
    unit: str | None = None


@dataclass(slots=True, eq=False)
class Indicated:
    """An indicator: its name, its figures, and what stands beside them."""

    name: str
    cell: FormCell
    number: str | None = None
    objective: FormCell | None = None
    unit: tuple[str, bool] | None = None
    """The unit of its figures, and whether a cell or heading of its own states it."""
    main: bool | None = None
    condition: FormCell | None = None
    """What is said of the target in a cell of its own, such as 以上."""
    figures: list[CellFigure] = field(default_factory=list)
    years: dict[Role, int] = field(default_factory=dict)
    achieved: list[FormCell] = field(default_factory=list)
    stated: list[StatedCell] = field(default_factory=list)
    doubtful: list[FormCell] = field(default_factory=list)
    """Cells of which the table does not say whether they are target or actual."""
    rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Measured:
    """What the tables of measures of one grid hold."""

    indicators: list[Indicated] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    unread: list[FormCell] = field(default_factory=list)
    aside: dict[tuple[int, int], FormCell] = field(default_factory=dict)
    """Headings of columns that hold no figures, with anything below them."""

    def add(self, other: "Measured") -> None:
        """Takes what another part of the grid holds."""
        self.indicators += other.indicators
        self.used |= other.used
        self.unread += other.unread
        self.aside |= other.aside


def add_block(found: Measured, block: Block) -> None:
    """An indicator whose labels stand beside its figures."""
    title = block.title
    indicator = Indicated(
        title.name, title.cell, title.number, found.indicators[-1].objective if found.indicators else None
    )
    unit = unit_at_end(title.name)
    indicator.unit = (unit, False) if unit is not None else None
    for kind, year, cell in block.figures:
        indicator.rows.add(cell.row)
        if kind in ROLE_OF:
            yearly = year is not None and kind != "baseline"
            indicator.figures.append(CellFigure(ROLE_OF[kind], year, yearly, cell))
        else:
            indicator.doubtful.append(cell)
    indicator.years = {ROLE_OF[kind]: year for kind, year in block.years.items() if kind in ROLE_OF}
    for heading, cell in block.others:
        kind = heading.kind
        if heading.item is not None:
            indicator.stated.append(StatedCell(heading.item, heading.year, block.title.name, cell, heading.unit))
        elif kind == "unit":
            indicator.unit = (plain(cell), True)
        elif kind == "achieved":
            indicator.achieved.append(cell)
        elif kind == "condition":
            indicator.condition = cell
        else:
            found.aside.setdefault((cell.row, cell.column), cell)
    found.used |= {(cell.row, cell.column) for cell in block.used}
    found.indicators.append(indicator)
