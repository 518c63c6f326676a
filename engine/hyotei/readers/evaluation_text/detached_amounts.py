"""The cells that the amounts of a budget table can fill in turn where its labels stand here and its amounts there."""

from collections.abc import Iterator, Sequence
from typing import Final

from hyotei.readers.evaluation_text.budget_solver import Cell, Row

LIMIT: Final = 20_000
"""Ways to fill a table at most."""


def torn(rows: Sequence[Row], columns: Sequence[int], count: int) -> Iterator[tuple[Cell, ...]]:
    """Each way in which `count` amounts fill the table in the order of the print, row by row or column by column.

    Blanks leave nothing behind in a text. A row lacks amounts in its latest years only, whose accounts are still open, and a column
    lacks them in its last rows only.

    Args:
        rows: the labels from the top down.
        columns: the position of the year of each column, 0 for the earliest, in the order of the print.
        count: how many amounts there are.
    """
    if count > len(rows) * len(columns):
        return
    steps = [LIMIT]
    by_year = sorted(columns)
    for sizes in _sizes(len(rows), len(columns), count, steps):
        yield tuple(
            (row, column)
            for row, size in zip(rows, sizes, strict=True)
            for column in columns
            if column in by_year[:size]
        )
    steps = [LIMIT]
    for sizes in _sizes(len(columns), len(rows), count, steps):
        yield tuple((row, column) for column, size in zip(columns, sizes, strict=True) for row in rows[:size])


def _sizes(parts: int, most: int, count: int, steps: list[int]) -> Iterator[tuple[int, ...]]:
    """The ways to write a count as a sum of so many parts, each at most `most`; none beyond the limit of steps."""
    steps[0] -= 1
    if steps[0] < 0 or count > parts * most:
        return
    if parts == 0:
        yield ()
        return
    for first in range(min(most, count), -1, -1):
        for rest in _sizes(parts - 1, most, count - first, steps):
            yield (first, *rest)
