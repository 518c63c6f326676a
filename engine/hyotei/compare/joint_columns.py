"""The inputs of two tables, cut into elementary values at every end point of either."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hyotei.compare.boxes import ColumnValues, Element, elements
from hyotei.compare.table_meaning import Ask, Key, MeaningColumn, TableMeaning
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.term_domain import domains_of
from hyotei.rulebook.types import BOOLEAN, ScaleType
from hyotei.rulebook.value_domain import joined
from hyotei.rulebook.values import UNKNOWNS, Scalar


@dataclass(frozen=True, slots=True)
class Joint:
    """An input of the two tables: its elementary values, and what it is in each of them."""

    key: Key
    values: ColumnValues
    old: MeaningColumn | None
    new: MeaningColumn | None
    between: MeaningColumn | None = None
    """What it is where only some of the edits are made, if neither table has it: a cell of one with the input of the other."""


def joint_columns(
    old: Sequence[TableMeaning], new: Sequence[TableMeaning], others: Sequence[TableMeaning]
) -> tuple[Joint, ...]:
    """The inputs of both tables in all years; `others` are variants of them, whose end points count too."""
    keys = list(dict.fromkeys(key for each in (*new, *old, *others) for key in each.columns))
    asked: dict[Key, dict[Ask, None]] = {key: {} for key in keys}
    for each in (*old, *new, *others):
        for row in each.asks:
            for ask in row:
                asked[ask.key][ask] = None
    return tuple(_joint(key, old, new, others, asked[key]) for key in keys)


def _joint(
    key: Key,
    old: Sequence[TableMeaning],
    new: Sequence[TableMeaning],
    others: Sequence[TableMeaning],
    asks: Iterable[Ask],
) -> Joint:
    sides = [(each, found) for each in (*old, *new, *others) if (found := each.columns.get(key)) is not None]
    first, second, between = (
        next((each.columns[key] for each in of if key in each.columns), None) for of in (old, new, others)
    )
    if first or second:
        between = None
    if key.check:
        truths = ColumnValues(BOOLEAN, (Element(True), Element(False), *map(Element, UNKNOWNS)))
        return Joint(key, truths, first, second, between)
    types = [found.input.type for _, found in sides]
    domain = joined(*(domains_of(each.source.rulebook).column(found.input) for each, found in sides))
    # Only what both scales have can be compared.
    scales = [each.values for each in types if isinstance(each, ScaleType)]
    if scales:
        domain = replace(domain, named=tuple(value for value in scales[-1] if all(value in each for each in scales)))
    return Joint(key, ColumnValues(types[-1], elements(domain, _named(asks))), first, second, between)


def _named(asks: Iterable[Ask]) -> Iterable[Scalar]:
    for ask in asks:
        for test in ask.check.tests:
            ends: tuple[t.Term | None, ...] = ()
            match test:
                case t.OneOf(values):
                    yield from values
                case t.Range(low, _, high, _):
                    ends = (low, high)
                case t.Same(value):
                    ends = (value,)
            for end in ends:
                if isinstance(end, t.Constant):
                    yield end.value
