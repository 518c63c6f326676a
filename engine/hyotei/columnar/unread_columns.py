"""Parts of sheets that their source does not carry, as they tell on the columns of a batch."""

from collections.abc import Iterable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from hyotei.columnar.column_value import MISSING, UNREAD
from hyotei.rulebook.vocabulary import FigureName
from hyotei.sheet.unread_parts import PARTS, Part

_OF_THE_SHEET: Final[frozenset[str]] = frozenset(
    part for part in PARTS if "." in part and not part.startswith("measure.")
)
"""Texts of the sheet: without them one column has another reason. Any other part changes what lists and measures mean."""


def stands_in_columns(unread: Iterable[Part]) -> bool:
    """Whether a sheet without these parts can be rated in columns; any other is rated by itself."""
    return _OF_THE_SHEET.issuperset(unread)


class Unread:
    """The parts that the sheets of a batch lack.

    Attributes:
        apart: the places of the sheets that are rated by themselves.
    """

    def __init__(self, lists: pa.Array) -> None:
        self._place = pc.list_parent_indices(lists)
        self._part = pc.list_flatten(lists)
        others = pc.invert(pc.is_in(self._part, value_set=pa.array(sorted(_OF_THE_SHEET), pa.string())))
        self.apart: set[int] = set(self._place.filter(others).to_pylist())

    def told(self, figure: FigureName, reason: pa.Array) -> pa.Array:
        """The codes of the reasons of a figure, sheet by sheet, where what is missing was not read."""
        part = figure.row.carried_by
        if part is None or not len(self._part):
            return reason
        lacking = self._place.filter(pc.equal(self._part, part))
        if not len(lacking):
            return reason
        here = pc.is_in(pa.array(range(len(reason)), lacking.type), value_set=lacking)
        return pc.cast(pc.if_else(pc.and_(here, pc.equal(reason, MISSING)), UNREAD, reason), pa.int8())
