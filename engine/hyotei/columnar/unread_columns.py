"""Parts of sheets that their source does not carry, as they tell on the columns of a batch."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.columnar.column_value import MISSING, UNREAD
from hyotei.columnar.layout import LISTS
from hyotei.rulebook.vocabulary import FigureName
from hyotei.sheet.unread_parts import DIRECTIONS, Part


class Unread:
    """The parts that the sheets of a batch lack.

    Attributes:
        lists: the lists of units that some sheet lacks.
    """

    def __init__(self, parts: pa.Array) -> None:
        self._count = len(parts)
        self._place, self._part = pc.list_parent_indices(parts), pc.list_flatten(parts)
        self.lists: frozenset[Part] = LISTS.intersection(pc.unique(self._part).to_pylist())

    def lacking(self, part: Part) -> pa.Array:
        """Sheet by sheet whether it lacks a part."""
        found = np.zeros(self._count, bool)
        found[self._place.filter(pc.equal(self._part, part)).to_numpy()] = True
        return pa.array(found)

    def undirected(self, sheets: pa.Array) -> set[int]:
        """Of the sheets that have measures those whose source states no direction: they are rated by themselves."""
        return set(pc.unique(sheets.filter(self.lacking(DIRECTIONS).take(sheets))).to_pylist())

    def told(self, figure: FigureName, values: pa.Array, reason: pa.Array) -> tuple[pa.Array, pa.Array]:
        """A figure of sheets and the codes of its reasons: where a sheet lacks its part, what is missing was not read."""
        part = figure.row.carried_by
        if part is None:
            return values, reason
        lacking = self.lacking(part)
        if part == figure.row.holder:
            # Half of a part is not the whole of it; of the rest, what is stated is read.
            values = pc.if_else(lacking, pa.scalar(None, values.type), values)
        else:
            lacking = pc.and_(lacking, pc.equal(reason, MISSING))
        return values, pc.cast(pc.if_else(lacking, UNREAD, reason), pa.int8())
