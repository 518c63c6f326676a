"""Parts of a corpus as relations, column by column in Arrow: no figure passes through Python."""

from collections.abc import Iterable
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base import exact
from hyotei.columnar.column_value import MISSING
from hyotei.columnar.derived_columns import is_worked_out, worked_out
from hyotei.columnar.fact_columns import fact_column
from hyotei.columnar.layout import (
    NUMBER,
    RELATIONS,
    YEAR,
    YEAR_SHAPE,
    Layout,
    always_known,
    column_of,
    figures_of,
    identity,
    kind_of,
    reason_column_of,
    unread_column_of,
)
from hyotei.columnar.number_scale import DIVIDEND, NARROW, UNITS, NumberScale
from hyotei.columnar.relations import Relations
from hyotei.columnar.unread_columns import Unread
from hyotei.columnar.year_rows import YearRows
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.part import Part
from hyotei.corpus.stored_rows import StoredRows
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS
from hyotei.rulebook.vocabulary import FigureName, ancestry
from hyotei.sheet.scopes import SCOPES, year_number

STORED: Final = 12
"""Decimals of the numbers of a corpus."""
_SCALES: Final = (0, 1, 2, 3, 4, 6, 8, 10, STORED)
_DIGITS: Final = (6, 11, 15, NARROW, 25, DIVIDEND)
"""Shapes go up to the next of these, so that parts that are much alike are rated by one program."""

Figures = frozenset[FigureName]


def relations_of_parts(
    corpus: Corpus, parts: list[Part], figures: Figures, stored: StoredRows | None = None
) -> Relations:
    """The relations of some parts of a corpus, with the figures that are asked for; `stored` are these parts, if at hand.

    Raises:
        HyoteiError: a file is missing or damaged.
    """
    return _Reading(corpus, parts, figures, stored or StoredRows(corpus, parts)).relations()


class _Reading:
    def __init__(self, corpus: Corpus, parts: list[Part], figures: Figures, stored: StoredRows) -> None:
        self.corpus, self.parts, self.figures, self.stored = corpus, parts, figures, stored
        self.shapes: dict[tuple[Scope, str], NumberScale] = {}
        self.apart: set[int] = set()

    def relations(self) -> Relations:
        sheets = self._read("sheet", "sheets", ["sheet", "fiscal_year", "unread"])
        self.keys: pa.Array = _one(sheets["sheet"])
        self.unread = Unread(_one(sheets["unread"]))
        self.years = pc.cast(_one(sheets["fiscal_year"]), pa.int16())
        found: dict[Scope, dict[str, pa.Array]] = {}
        for scope in SCOPES:
            found[scope] = self._columns(scope, sheets if scope == "sheet" else self._units(scope))
        self.apart |= self.unread.undirected(found["measure"]["sheet_id"])
        self._identify(found)
        tables = {scope: pa.table(columns) for scope, columns in found.items()}
        apart = pa.array(sorted(self.apart), pa.int64())
        if self.apart:
            tables = {
                scope: table.filter(pc.invert(pc.is_in(table["sheet_id"], value_set=apart)))
                for scope, table in tables.items()
            }
        return Relations(Layout(self.shapes, self.unread.lists), tables, self.keys.to_pylist(), sorted(self.apart))

    def _units(self, scope: Scope) -> dict[str, Any]:
        """The columns of the units of a scope within the sheets."""
        if scope != "year":
            return self._read(scope, RELATIONS[scope], ["sheet", *_POSITIONS[scope]])
        wanted = dict.fromkeys(self._stored(scope))
        if not any(figure.scope == scope for figure in self.figures):
            # No rule reads them, so they are not looked for.
            nothing = pa.array([], pa.int64())
            return dict.fromkeys(["sheet", "sheet_id", "key", *_POSITIONS[scope]], nothing)
        rows = YearRows(self.stored)
        result = {name: pa.array(rows.years) if name == "fiscal_year" else rows.column(name) for name in wanted}
        result |= {name: rows.of_measures(name) for name in _POSITIONS[scope][:-1]}
        result["sheet"] = result["sheet_id"] = pa.array(rows.sheets)
        numbers = rows.numbers()
        result[_POSITIONS[scope][-1]] = pa.array(numbers)
        result["key"] = pa.array(rows.sheets * year_number(10**UNITS, 0) + numbers)
        return result

    def _read(self, scope: Scope, table: str, columns: list[str]) -> dict[str, Any]:
        """The columns of a table that are needed, in the order of the sheets and of the units within."""
        wanted = list(dict.fromkeys([*columns, *self._stored(scope)]))
        found = self.corpus.arrow(table, wanted, self.parts)
        result = {name: found[name] for name in found.column_names}
        if scope != "sheet":
            sheet = pc.cast(pc.index_in(_one(found["sheet"]), value_set=self.keys), pa.int64())
            last = _POSITIONS[scope][-1]
            key = pc.add(pc.multiply(sheet, 10**UNITS), _one(found[last]))
            order = pc.array_sort_indices(key)
            result = {name: pc.take(_one(column), order) for name, column in result.items()}
            result["sheet_id"], result["key"] = pc.take(sheet, order), pc.take(key, order)
        return result

    def _stored(self, scope: Scope) -> Iterable[str]:
        """The columns of the corpus from which the figures of a scope are made."""
        for figure in figures_of(scope, self.figures):
            row = figure.row
            if is_worked_out(row):
                continue
            if row.columns:
                yield row.columns[0]
            if row.as_unknown_as is not None:
                yield f"{row.as_unknown_as}_unknown"
            if row.part in ("low", "high"):
                yield from (f"{row.field}_{row.part}", f"{row.field}_{row.part}_number")
            if row.quantity or row.part in ("low", "high"):
                yield from (f"{row.field}_value", f"{row.field}_number", f"{row.field}_unknown")
            elif not row.columns:
                yield column_of(figure.name)

    def _columns(self, scope: Scope, table: dict[str, Any]) -> dict[str, pa.Array]:
        """A relation, but for the columns that name units."""
        count = len(table["sheet"])
        sheet = pa.array(range(count), pa.int64()) if scope == "sheet" else table["sheet_id"]
        columns: dict[str, pa.Array] = {"sheet_id": sheet}
        if scope == "sheet":
            columns[NUMBER] = pa.array([1] * count, pa.int32())
        else:
            columns["key"] = table["key"]
            columns[NUMBER] = pc.cast(table[_POSITIONS[scope][-1]], pa.int32())
            for above in ancestry(scope)[1:-1]:
                columns[f"{above} key"] = pc.add(pc.multiply(sheet, 10**UNITS), table[above])
        columns[YEAR] = pc.take(self.years, sheet)
        for part in self.unread.lists:
            columns[unread_column_of(part)] = pc.take(self.unread.lacking(part), sheet)
        for figure in figures_of(scope, self.figures):
            columns |= self._figure(scope, figure, {name: _one(column) for name, column in table.items()}, sheet)
        return columns

    def _identify(self, found: dict[Scope, dict[str, pa.Array]]) -> None:
        """Puts ascending whole numbers in place of keys."""
        keys: dict[Scope, pa.Array] = {scope: columns["key"] for scope, columns in found.items() if scope != "sheet"}
        for scope, columns in found.items():
            if scope == "sheet":
                continue
            columns[identity(scope)] = pa.array(range(len(columns.pop("key"))), pa.int64())
            for above in ancestry(scope)[1:-1]:
                columns[identity(above)] = pc.cast(
                    pc.index_in(columns.pop(f"{above} key"), value_set=keys[above]), pa.int64()
                )

    # -- figures

    def _figure(
        self, scope: Scope, figure: FigureName, table: dict[str, pa.Array], sheet: pa.Array
    ) -> dict[str, pa.Array]:
        """The column of a figure and, where it can be unknown, that of its reason."""
        row = figure.row
        if is_worked_out(row):
            if figure.fact is None:
                values, reason, unfit = worked_out(self.stored, row)
            else:
                values, reason, unfit = fact_column(self.stored, figure.fact)
            values, reason = self.unread.told(figure, values, reason)
            if kind_of(figure) == "number" and not figure.year:
                values = self._fitting(scope, figure, values, unfit, sheet)
        elif row.quantity or row.part in ("low", "high"):
            values, reason = self._number(scope, figure, table, sheet)
        else:
            values = table[row.columns[0] if row.columns else column_of(figure.name)]
            reason = pc.if_else(pc.is_null(values), MISSING, 0)
            if row.as_unknown_as is not None:
                other = _codes(table[f"{row.as_unknown_as}_unknown"])
                reason = pc.if_else(pc.is_null(values), pc.if_else(pc.greater(other, 0), other, MISSING), 0)
            if row.blank is not None:
                values = pc.fill_null(values, row.blank)
        found = {column_of(figure.name): values}
        if figure.year:
            assert YEAR_SHAPE.digits < NARROW, "years are small"
            found[column_of(figure.name)] = pc.cast(values, pa.int64())
        if not always_known(figure):
            found[reason_column_of(figure.name)] = pc.cast(reason, pa.int8())
        return found

    def _number(
        self, scope: Scope, figure: FigureName, table: dict[str, pa.Array], sheet: pa.Array
    ) -> tuple[pa.Array, pa.Array]:
        """A number as whole numbers of one scale; sheets with one that does not fit are put apart."""
        name, part = figure.row.field, figure.row.part
        number, text, reason = table[f"{name}_number"], table[f"{name}_value"], _codes(table[f"{name}_unknown"])
        if part:
            # A single figure is its own lower and upper end.
            end = table[f"{name}_{part}"]
            number = pc.coalesce(table[f"{name}_{part}_number"], number)
            reason = pc.if_else(pc.is_valid(end), pa.scalar(0, pa.int8()), reason)
            text = pc.coalesce(end, text)
        lost = pc.and_(pc.is_valid(text), pc.is_null(number))
        return self._fitting(scope, figure, number, lost, sheet), reason

    def _fitting(self, scope: Scope, figure: FigureName, number: pa.Array, lost: pa.Array, sheet: pa.Array) -> pa.Array:
        """Numbers of a corpus, of which some are `lost` because they do not fit there, as whole numbers of one scale."""
        shape, unfit = shape_of_numbers(number)
        self.shapes[scope, figure.name] = shape
        unfit = pc.or_(unfit, lost)
        self.apart.update(pc.unique(sheet.filter(unfit)).to_pylist())
        return scaled(number, shape, unfit)


_POSITIONS: Final[dict[Scope, list[str]]] = {
    "sheet": [],
    "objective": ["objective"],
    "indicator": ["objective", "indicator"],
    "measure": ["objective", "indicator", "measure"],
    "year": ["objective", "indicator", "measure", NUMBER],
    "budget_year": ["fiscal_year"],
}


def _one(column: Any) -> pa.Array:
    """A column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _codes(reasons: pa.Array) -> pa.Array:
    """Reasons in words as codes; 0 where there is none."""
    places = pc.index_in(reasons, value_set=pa.array(REASONS))
    return pc.cast(pc.fill_null(pc.add(places, 1), 0), pa.int8())


def _at_scale(numbers: pa.Array, scale: int) -> pa.Array:
    """Numbers cut to a scale, and which of them lost something by it."""
    cut = pc.cast(numbers, pa.decimal128(38 - STORED + scale, scale), safe=False)
    return pc.fill_null(pc.not_equal(pc.cast(cut, numbers.type), numbers), False)


def shape_of_numbers(numbers: pa.Array) -> tuple[NumberScale, pa.Array]:
    """The shape of a column, and which numbers do not fit it.

    64 bits are taken where they leave out no more than one number in a hundred.
    """
    nothing = pa.array([False] * len(numbers), pa.bool_())
    known = len(numbers) - numbers.null_count
    if not known:
        return NumberScale(0, 1), nothing
    ends = pc.min_max(numbers).as_py()
    # Digits before the point; a number below one has one.
    before = max(1, *(exact.plain(abs(end)).partition(".")[0].__len__() for end in ends.values()))
    lost, counts = {}, {}
    for scale in _SCALES:
        lost[scale] = _at_scale(numbers, scale)
        counts[scale] = int(pc.sum(lost[scale]).as_py() or 0)
        if not counts[scale]:
            break  # A finer scale loses nothing either, and is taken no sooner.
    for most, share in ((NARROW, 100), (DIVIDEND, 10), (DIVIDEND, 1)):
        fitting = [scale for scale, count in counts.items() if before + scale <= most and count * share <= known]
        if fitting:
            # The first scale that loses least.
            scale = min(fitting, key=lambda each: (counts[each], each))
            digits = next(each for each in _DIGITS if each >= before + scale)
            return NumberScale(scale, digits), lost[scale]
    raise AssertionError("26 digits before the point fit without decimals")


def scaled(numbers: pa.Array, shape: NumberScale, unfit: pa.Array) -> pa.Array:
    """`value * 10**scale` as whole numbers; null for what does not fit."""
    numbers = pc.if_else(unfit, pa.scalar(None, numbers.type), numbers)
    cut = pc.cast(numbers, pa.decimal128(38, shape.scale))
    # The digits of a decimal are a whole number already; only the point goes.
    whole = pa.Array.from_buffers(pa.decimal128(38, 0), len(cut), cut.buffers(), offset=cut.offset)
    return whole if shape.wide else pc.cast(whole, pa.int64())
