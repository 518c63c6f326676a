"""Sheets as relations: one Arrow table a scope, figures read as the rules read them, numbers as whole numbers of one scale."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import pyarrow as pa

from hyotei.base import exact
from hyotei.columnar.column_value import CODE
from hyotei.columnar.layout import (
    LISTS,
    NUMBER,
    RELATIONS,
    YEAR,
    Layout,
    always_known,
    column_of,
    figures_of,
    identity,
    kind_of,
    reason_column_of,
    unread_column_of,
)
from hyotei.columnar.number_scale import DIVIDEND, NARROW, UNITS, NumberScale, joined, shape_of
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Unit, unit_tree
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES, FigureName, ancestry
from hyotei.sheet import Sheet
from hyotei.sheet.facts import fact_of
from hyotei.sheet.scopes import SCOPES, number_in
from hyotei.sheet.unread_parts import Part

# A figure is the same under every rulebook, but for recorded ratings, which are held against its scales later.
ANY_RULEBOOK: Final = Rulebook("", "", "", "draft", None, None, {}, {}, (), (), (), exact.DIGITS, "floor", "")


@dataclass(slots=True)
class Relations:
    """Sheets side by side. `keys` are their ids, in the order of `sheet_id`; `apart` are those whose figures do not fit."""

    layout: Layout
    tables: dict[Scope, pa.Table]
    keys: list[str]
    apart: list[int]


def relations_of(sheets: Sequence[Sheet], figures: Iterable[FigureName] = FIGURES) -> Relations:
    """The relations of some sheets.

    Args:
        sheets: the sheets, in order.
        figures: the figures and declared facts to keep; by default the figures that every sheet has.
    """
    trees = [unit_tree(sheet, ANY_RULEBOOK) for sheet in sheets]
    numbers = {
        (scope, figure.name): figure
        for scope in SCOPES
        for figure in figures_of(scope, figures)
        if kind_of(figure) == "number" and not figure.year
    }
    lists = LISTS.intersection(part for sheet in sheets for part in sheet.unread)
    layout = Layout(_shapes(trees, numbers.values()), lists)
    apart = {number for number, root in enumerate(trees) if not _fits(root, numbers, layout)}
    tables = {scope: _table(scope, trees, apart, layout, figures) for scope in SCOPES}
    for root in trees:
        root.release()
    return Relations(layout, tables, [sheet.id for sheet in sheets], sorted(apart))


def _shapes(trees: Iterable[Unit], numbers: Iterable[FigureName]) -> dict[tuple[Scope, str], NumberScale]:
    """For each figure the shape that holds all its values, or all but a few where that would be too wide."""
    met: dict[FigureName, Counter[NumberScale]] = {figure: Counter() for figure in numbers}
    for root in trees:
        for figure, counter in met.items():
            for unit in root.below(figure.scope):
                value = _value(unit, figure)
                if isinstance(value, Decimal):
                    counter[shape_of(value)] += 1
    return {(figure.scope, figure.name): shape_for(counter) for figure, counter in met.items()}


def _value(unit: Unit, figure: FigureName) -> Scalar:
    """A figure or a declared fact at a unit."""
    if figure.fact is None:
        return unit.figure(figure.name)
    return unit.fact_as_read(figure.name, figure.fact.value(fact_of(unit.model.facts, figure.name)))


def shape_for(met: "Counter[NumberScale]") -> NumberScale:
    """The shape of a column, from how often which shape was met.

    A 64-bit column that holds all but one value in a hundred is taken before a wide one; sheets with the others are rated
    apart. A wide column holds what can still be divided.
    """
    if not met:
        return NumberScale(0, 1)
    whole = _joined(met)
    if whole.digits <= NARROW:
        return whole
    for most, share in ((NARROW, 100), (DIVIDEND, 10)):
        left = Counter({shape: count for shape, count in met.items() if shape.digits <= most})
        # The shapes that make the column wide go first: those of the most decimals, then those of the most digits.
        while left and _joined(left).digits > most:
            finest = max(shape.scale for shape in left)
            longest = max(shape.digits - shape.scale for shape in left)
            by_scale = {shape for shape in left if shape.scale == finest}
            by_size = {shape for shape in left if shape.digits - shape.scale == longest}
            cheaper = min((by_scale, by_size), key=lambda shapes: sum(left[shape] for shape in shapes))
            for shape in cheaper:
                del left[shape]
        if sum(left.values()) * share >= sum(met.values()) * (share - 1):
            return _joined(left)
    return NumberScale(min(whole.scale, DIVIDEND - NARROW), DIVIDEND)


def _joined(met: "Counter[NumberScale]") -> NumberScale:
    shapes = iter(met)
    found = next(shapes)
    for shape in shapes:
        found = joined(found, shape)
    return found


def _fits(root: Unit, numbers: dict[tuple[Scope, str], FigureName], layout: Layout) -> bool:
    """Whether every figure of a sheet stands in its column exactly."""
    for (scope, _), figure in numbers.items():
        shape = layout.shape(figure)
        units = root.below(scope)
        if len(units) >= 10**UNITS:
            return False
        for unit in units:
            value = _value(unit, figure)
            if isinstance(value, Decimal) and not shape.holds(value):
                return False
    return True


def _table(
    scope: Scope,
    trees: Sequence[Unit],
    apart: set[int],
    layout: Layout,
    figures: Iterable[FigureName],
) -> pa.Table:
    """The relation of one scope."""
    identities: dict[str, list[int]] = {identity(each): [] for each in ancestry(scope)}
    numbers: list[int] = []
    years: list[int] = []
    unread: dict[Part, list[bool]] = {part: [] for part in layout.unread}
    units: list[Unit] = []
    counters = dict.fromkeys(SCOPES, 0)
    for sheet_number, root in enumerate(trees):
        fits = sheet_number not in apart
        first = dict(counters)
        places = {
            each: {unit.key: first[each] + place for place, unit in enumerate(root.below(each))}
            for each in ancestry(scope)
        }
        for each in SCOPES:
            counters[each] += len(root.below(each))
        if not fits:
            continue
        evaluated = root.model.fiscal_year  # type: ignore[union-attr]  # the root is a sheet
        for place, unit in enumerate(root.below(scope), 1):
            for each in ancestry(scope):
                identities[identity(each)].append(places[each][unit.up(each).key])
            numbers.append(number_in(unit.key) if scope in ("year", "budget_year") else place)
            years.append(evaluated)
            for part, lacking in unread.items():
                lacking.append(part in unit.unread)
            units.append(unit)
    columns: dict[str, pa.Array] = {name: pa.array(values, pa.int64()) for name, values in identities.items()}
    columns |= {NUMBER: pa.array(numbers, pa.int32()), YEAR: pa.array(years, pa.int16())}
    columns |= {unread_column_of(part): pa.array(lacking, pa.bool_()) for part, lacking in unread.items()}
    for figure in figures_of(scope, figures):
        columns |= _columns(figure, [_value(unit, figure) for unit in units], layout)
    return pa.table(columns)


def _columns(figure: FigureName, values: list[Scalar], layout: Layout) -> dict[str, pa.Array]:
    """The column of a figure, and the reasons where it can be unknown."""
    found: dict[str, pa.Array] = {}
    if not always_known(figure):
        codes = [CODE[value.reason] if isinstance(value, Unknown) else 0 for value in values]
        found[reason_column_of(figure.name)] = pa.array(codes, pa.int8())
    known = [None if isinstance(value, Unknown) else value for value in values]
    return {column_of(figure.name): _array(figure, known, layout), **found}


def _array(figure: FigureName, known: "Sequence[Decimal | str | bool | None]", layout: Layout) -> pa.Array:
    kind = kind_of(figure)
    if kind != "number":
        return pa.array(known, pa.bool_() if kind == "truth" else pa.string())
    shape = layout.shape(figure)
    scaled = [exact.scaled(value, shape.scale) if isinstance(value, Decimal) else None for value in known]
    if not shape.wide:
        return pa.array(scaled, pa.int64())
    return pa.array([None if each is None else Decimal(each) for each in scaled], pa.decimal128(38, 0))


__all__ = ["ANY_RULEBOOK", "RELATIONS", "Relations", "relations_of", "shape_for"]
