"""A batch of sheets as lists that generated functions read: every unit of every sheet, in one list for each scope and figure.

Figures of a corpus come out of its relations, exactly as they stand there. Sheets with a number that fits no column come last, with
figures read of the sheets themselves; so do all sheets of no corpus.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.columnar.column_value import reason_of
from hyotei.columnar.corpus_relations import Figures
from hyotei.columnar.layout import always_known, column_of, identity, kind_of, reason_column_of, unread_column_of
from hyotei.columnar.relations import ANY_RULEBOOK
from hyotei.columnar.step_reading import number_of
from hyotei.impact.sheet_batches import Batch
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import figures, unit_tree
from hyotei.rulebook.values import REASONS
from hyotei.rulebook.vocabulary import FigureName
from hyotei.sheet.unread_parts import LIST_OF

Numbers = npt.NDArray[np.int64]

_UNKNOWNS: Final = np.array([None, *(reason_of(code) for code in range(1, len(REASONS) + 1))], dtype=object)
"""What a code of a reason stands for."""


class BatchValues:
    """The units of a batch. Sheets have numbers of their own here.

    Args:
        batch: the sheets.
        figures: the figures and declared facts that any rulebook to come reads.

    Attributes:
        apart: the places of the sheets of a corpus that have a number that fits no column.
        number_of: of each place the number of the sheet.
        years: of each sheet its fiscal year.
    """

    def __init__(self, batch: Batch, figures: Figures) -> None:
        self.figures = {(each.scope, each.name): each for each in figures}
        facts = {each.name: each.fact for each in figures if each.fact is not None}
        tables = {} if batch.corpus is None else batch.relations.tables
        self.apart = [] if batch.corpus is None else batch.relations.apart
        singly: Sequence[int] = range(len(batch)) if batch.corpus is None else self.apart
        self._tables: dict[Scope, pa.Table] = tables
        self._layout = None if batch.corpus is None else batch.relations.layout
        together = tables["sheet"][identity("sheet")].to_pylist() if tables else []
        # What is recorded is held against the scales of a rulebook when it is read.
        rulebook = replace(ANY_RULEBOOK, facts=facts)
        sheets = batch.sheets(singly)
        self._trees = [unit_tree(sheets[place], rulebook) for place in singly]
        places = [*together, *singly]
        self.number_of = np.empty(len(places), np.int64)
        self.number_of[places] = np.arange(len(places))
        self.years = np.array([batch.about[place].fiscal_year for place in places], np.int64)
        self._lists: dict[tuple[str, Scope, str], list[Any]] = {}

    def __len__(self) -> int:
        return len(self.years)

    @cached_property
    def every(self) -> Numbers:
        """All sheets."""
        return np.arange(len(self))

    def list_of(self, kind: str, scope: Scope, name: str) -> list[Any]:
        """The list of a slot that holds no decision; `recorded` figures as they are recorded."""
        key = kind, scope, name
        if key not in self._lists:
            self._lists[key] = _LISTS[kind](self, scope, name)
        return self._lists[key]

    def spans(self, scope: Scope) -> "list[range]":
        """For each sheet the numbers of its units of a scope."""
        return self.list_of("below", scope, "sheet")

    def count(self, scope: Scope) -> int:
        """The units of a scope."""
        return self._rows(scope) + sum(len(tree.below(scope)) for tree in self._trees)

    def _rows(self, scope: Scope) -> int:
        return int(self._tables[scope].num_rows) if self._tables else 0

    # -- how units lie in each other

    def _above(self, scope: Scope, above: Scope) -> list[Any]:
        return list(self._numbers_above(scope, above).tolist())

    def _numbers_above(self, scope: Scope, above: Scope) -> Numbers:
        """For each unit the number of the one that it lies in, or that it is."""
        if scope == above:
            return np.arange(self.count(scope))
        found = [np.empty(0, np.int64)]
        if self._tables:
            # Units are named by ascending numbers, with gaps where sheets stand apart.
            names = self._tables[above][identity(above)].to_numpy()
            found.append(np.searchsorted(names, self._tables[scope][identity(above)].to_numpy()))
        number = self._rows(above)
        for tree in self._trees:
            sizes = [len(unit.below(scope)) for unit in tree.below(above)]
            found.append(np.repeat(np.arange(number, number + len(sizes)), sizes))
            number += len(sizes)
        return np.concatenate(found)

    def _below(self, scope: Scope, above: Scope) -> list[Any]:
        lies_in = self._numbers_above(scope, above)
        each = np.arange(self.count(above))
        starts, ends = np.searchsorted(lies_in, each, "left"), np.searchsorted(lies_in, each, "right")
        return list(map(range, starts.tolist(), ends.tolist()))

    def _carried(self, scope: Scope, _: str) -> list[Any]:
        """For each sheet whether what was read carries the units of a scope."""
        found = [True] * self._rows("sheet")
        if self._layout is not None and LIST_OF[scope] in self._layout.unread:
            found = pc.invert(self._tables["sheet"][unread_column_of(LIST_OF[scope])]).to_pylist()
        return found + [tree.carries(scope) for tree in self._trees]

    # -- figures

    def _figure(self, scope: Scope, name: str) -> list[Any]:
        found = self._stored(self.figures[scope, name]).tolist() if self._tables else []
        for tree in self._trees:
            found += figures(tree.below(scope), name)
        return found

    def _stored(self, figure: FigureName) -> "npt.NDArray[np.object_]":
        """A figure of the units in the relations; equal values are one object."""
        assert self._layout is not None
        table = self._tables[figure.scope]
        coded = pc.dictionary_encode(table[column_of(figure.name)].combine_chunks())
        values: list[Any] = coded.dictionary.to_pylist()
        if kind_of(figure) == "number":
            scale = self._layout.shape(figure).scale
            values = [number_of(each, 0, scale) for each in values]
        codes = pc.fill_null(coded.indices, len(values)).to_numpy(zero_copy_only=False)
        found: npt.NDArray[np.object_] = _objects([*values, None])[codes]
        if not always_known(figure):
            reasons = table[reason_column_of(figure.name)].to_numpy()
            unknown = reasons > 0
            found[unknown] = _UNKNOWNS[reasons[unknown]]
        return found


def _objects(values: Sequence[object]) -> "npt.NDArray[np.object_]":
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


_LISTS: Final[dict[str, Any]] = {
    "figure": BatchValues._figure,
    "above": BatchValues._above,
    "below": BatchValues._below,
    "carried": BatchValues._carried,
}
"""How a list is made, by the kind of its slot (`compiler/sheet_values.py`)."""
