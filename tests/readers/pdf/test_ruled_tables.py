"""Ruled tables: whatever way lines are drawn, the cells and their spans come back."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.pdf.ink import Rule
from hyotei.readers.pdf.ruled_tables import lattices


@dataclass(frozen=True)
class Grid:
    """A table: the places of its lines, and its cells as (row, column, rows, columns)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]


@st.composite
def grids(draw: st.DrawFn, spans: bool = True, least_rows: int = 1) -> Grid:
    columns, rows = draw(st.integers(1, 6)), draw(st.integers(least_rows, 6))
    if columns == rows == 1:
        rows = 2
    steps = st.integers(12, 80)
    xs, ys = [30.0], [40.0]
    for _ in range(columns):
        xs.append(xs[-1] + draw(steps))
    for _ in range(rows):
        ys.append(ys[-1] + draw(steps))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells: list[tuple[int, int, int, int]] = []
    while free:
        row, column = min(free)
        width = draw(st.integers(1, 3)) if spans else 1
        while any((row, column + each) not in free for each in range(width)):
            width -= 1
        height = draw(st.integers(1, 3)) if spans else 1
        while any((row + down, column + each) not in free for each in range(width) for down in range(height)):
            height -= 1
        free -= {(row + down, column + each) for each in range(width) for down in range(height)}
        cells.append((row, column, height, width))
    return Grid(tuple(xs), tuple(ys), tuple(cells))


def closed(grid: Grid) -> list[tuple[int, int, int, int]]:
    """The cells without lines of the grid at which no cell ends, which nobody can see."""
    across = sorted({cell[1] for cell in grid.cells} | {cell[1] + cell[3] for cell in grid.cells})
    down = sorted({cell[0] for cell in grid.cells} | {cell[0] + cell[2] for cell in grid.cells})
    return [
        (
            down.index(row),
            across.index(column),
            down.index(row + rows) - down.index(row),
            across.index(column + columns) - across.index(column),
        )
        for row, column, rows, columns in grid.cells
    ]


@st.composite
def drawn(draw: st.DrawFn, grid: Grid) -> list[Rule]:
    """The lines around every cell: each for itself, double, in pieces, or a little off."""
    rules: list[Rule] = []
    for row, column, rows, columns in grid.cells:
        x0, x1 = grid.xs[column], grid.xs[column + columns]
        y0, y1 = grid.ys[row], grid.ys[row + rows]
        for rule in (Rule(True, y0, x0, x1), Rule(True, y1, x0, x1), Rule(False, x0, y0, y1), Rule(False, x1, y0, y1)):
            off = draw(st.sampled_from((0.0, 0.0, 0.4, -0.4)))
            whole = Rule(rule.horizontal, rule.at + off, rule.start, rule.end)
            way = draw(st.sampled_from(("whole", "double", "pieces")))
            if way == "pieces":
                middle = (rule.start + rule.end) / 2
                rules += [
                    Rule(rule.horizontal, whole.at, rule.start, middle - 1),
                    Rule(rule.horizontal, whole.at, middle + 1, rule.end),
                ]
            else:
                rules.append(whole)
            if way == "double":
                rules.append(Rule(rule.horizontal, rule.at + 1.5, rule.start, rule.end))
    return draw(st.permutations(rules))


@given(grids().flatmap(lambda grid: st.tuples(st.just(grid), drawn(grid))))
def test_cells_come_back_with_their_spans(both: tuple[Grid, list[Rule]]) -> None:
    """Lines double, in pieces, doubled between neighbours or slightly off make the cells that they surround."""
    grid, rules = both
    if len(grid.cells) == 1:
        assert lattices(rules) == []
        return
    (lattice,) = lattices(rules)
    assert sorted((each.row, each.column, each.rows, each.columns) for each in lattice.regions) == sorted(closed(grid))
    assert not lattice.open_top
    assert not lattice.open_bottom


@given(grids(spans=False, least_rows=2))
def test_sides_that_are_not_drawn_are_closed(grid: Grid) -> None:
    """A table without lines at its left and right has the same cells; one without a line at its end says so."""
    rules = [Rule(True, y, grid.xs[0], grid.xs[-1]) for y in grid.ys[:-1]]
    rules += [Rule(False, x, grid.ys[0], grid.ys[-1]) for x in grid.xs[1:-1] or grid.xs]
    (lattice,) = lattices(rules)
    assert len(lattice.regions) == len(grid.cells)
    assert (lattice.open_top, lattice.open_bottom) == (False, True)


def test_a_frame_and_loose_lines_are_no_table() -> None:
    """A box around a text, an underline and a drawing of too many lines make no cells."""
    frame = [Rule(True, 10, 0, 100), Rule(True, 90, 0, 100), Rule(False, 0, 10, 90), Rule(False, 100, 10, 90)]
    assert lattices(frame) == []
    assert lattices([Rule(True, 10, 0, 100), Rule(True, 50, 0, 100)]) == []
    drawing = [Rule(across, 4.0 * each, 0, 1200) for each in range(300) for across in (True, False)]
    assert lattices(drawing) == []


def test_two_tables_side_by_side_stay_two() -> None:
    """Tables that do not touch are tables of their own."""
    one = [Rule(True, y, 0, 100) for y in (0, 20, 40)] + [Rule(False, x, 0, 40) for x in (0, 50, 100)]
    other = [Rule(rule.horizontal, rule.at, rule.start + 200, rule.end + 200) if rule.horizontal else
             Rule(False, rule.at + 200, rule.start, rule.end) for rule in one]  # fmt: skip
    assert [len(each.regions) for each in lattices([*one, *other])] == [4, 4]
