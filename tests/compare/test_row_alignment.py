"""Which row of the old table became which row of the new one."""

from decimal import Decimal

import pytest

from hyotei.compare.editable_table import EditableRow
from hyotei.compare.row_alignment import aligned
from hyotei.rulebook import terms as t


def row(*cells: int, output: int) -> EditableRow:
    tests = {slot: t.Check((t.OneOf((Decimal(cell),)),)) for slot, cell in enumerate(cells)}
    return EditableRow(0, 0, tests, {"out": t.Constant(Decimal(output))})


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("swapped", [False, True])
def test_an_edited_row_is_found_behind_others(count: int, swapped: bool) -> None:
    """A row with one cell edited is paired with itself, however many new rows come before it; removed rows likewise."""
    others = [row(10 + at, 20 + at, output=30 + at) for at in range(count)]
    old, new = [row(1, 2, output=3)], [*others, row(1, 4, output=3)]
    found = aligned(new, old) if swapped else aligned(old, new)
    assert found.kept == ({count: 0} if swapped else {0: count})
    assert (found.removed if swapped else found.added) == list(range(count))
    assert not (found.added if swapped else found.removed)
    assert not found.moved


def test_the_pairs_have_the_most_in_common() -> None:
    """Of two rows that one could have become, the one with more like cells is taken, first or last."""
    old = row(1, 2, 3, output=4)
    near, far = row(1, 2, 9, output=4), row(1, 8, 9, output=4)
    assert aligned([old], [near, far]).kept == {0: 0}
    assert aligned([old], [far, near]).kept == {0: 1}
