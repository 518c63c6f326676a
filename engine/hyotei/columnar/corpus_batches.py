"""How a corpus is rated, whoever asks: its parts in batches, one program for each layout of columns, and the sheets set apart.

A batch is some parts of the corpus as relations. A program is a rulebook compiled for the widths of their columns, and is used
again for each batch of the same widths. Sheets whose numbers fit no column, or outgrow one on the way, stand apart: whoever asked
rates them one by one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyarrow as pa

from hyotei.columnar.decision_reads import figures_read
from hyotei.columnar.engines import Engine
from hyotei.columnar.layout import Layout
from hyotei.columnar.named_columns import Kept
from hyotei.columnar.program import Program, compiled
from hyotei.columnar.relations import Relations
from hyotei.columnar.step_reading import outgrown_sheets
from hyotei.corpus.part import Part
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope

AT_ONCE: Final = 65_536
"""Sheets rated together: what a few hundred megabytes hold."""


def batches_of(parts: Iterable[Part], at_once: int = AT_ONCE) -> Iterator[list[Part]]:
    """Parts put together up to a number of sheets; a part is never divided."""
    batch: list[Part] = []
    for part in parts:
        if batch and sum(each.sheets for each in batch) + part.sheets > at_once:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class RatedTables:
    """What a program gives for a batch, and the numbers of the sheets that do not stand in it exactly."""

    program: Program
    tables: dict[Scope, pa.Table]
    apart: frozenset[int]


class TableRater:
    """A rulebook, ready to rate any number of batches on one engine; `keep` is what of decisions the tables tell."""

    def __init__(self, rulebook: Rulebook, engine: Engine, keep: Kept = "steps") -> None:
        self.rulebook, self.engine, self.keep = rulebook, engine, keep
        self.figures = figures_read(rulebook)
        self._programs: dict[str, Program] = {}

    def program(self, layout: Layout) -> Program:
        """The program for relations of that layout."""
        key = repr((sorted(layout.shapes.items()), layout.unread_columns))
        if key not in self._programs:
            self._programs[key] = compiled(self.rulebook, layout, self.keep)
        return self._programs[key]

    def rate(self, relations: Relations, tables: Mapping[Scope, pa.Table] | None = None) -> RatedTables:
        """A batch rated; of some of its sheets only where their `tables` are given."""
        program = self.program(relations.layout)
        found = self.engine.run(program, relations.tables if tables is None else tables)
        return RatedTables(program, found, frozenset(relations.apart) | outgrown_sheets(program, found))
