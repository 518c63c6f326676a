"""A table under construction: columns stand on columns before them, level by level, and become nested projections."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from ibis import _
from ibis.common.deferred import Deferred, Item, Resolver

from hyotei.columnar.column_value import Column, ColumnValue, constant, reason_of
from hyotei.lazy_dataclass import dataclass


class Names:
    """Column names that no engine confuses: many look neither at upper and lower case nor at the full width of letters."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {_alike(name) for name in taken}

    def fresh(self, wanted: str) -> str:
        name, number = wanted, 1
        while _alike(name) in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(_alike(name))
        return name


def _alike(name: str) -> str:
    return name.casefold()


@dataclass(slots=True)
class TableBuilder:
    """Columns to be added to a table, by level, and the conditions under which a number outgrew its column."""

    table: Any
    names: Names
    levels: list[dict[str, Column]] = field(default_factory=list)
    outgrown: list[tuple[Column, int]] = field(default_factory=list)

    def column(self, expression: Column, level: int, wanted: str) -> str:
        """Adds a column that stands on columns up to `level`; it is itself of the next level."""
        name = self.names.fresh(wanted)
        while len(self.levels) <= level:
            self.levels.append({})
        self.levels[level][name] = expression
        return name

    def kept(self, value: ColumnValue, wanted: str = "t") -> ColumnValue:
        """The value as columns of their own, so that it can be named any number of times."""
        return value if value.small else self.called(value, wanted)

    def called(self, value: ColumnValue, wanted: str) -> ColumnValue:
        """The value as columns of that name; a constant stays one."""
        if value.constant is not None:
            return value
        if value.known is None and isinstance(value.reason, int):
            return constant(reason_of(value.reason))
        known = None if value.known is None else self.column(value.known, value.level, wanted)
        reason = None
        if value.reason is not None and not isinstance(value.reason, int):
            reason = self.column(value.reason, value.level, f"{wanted}_reason")
        spread = None if value.spread is None else self.column(value.spread, value.level, f"{wanted}_spread")
        return replace(
            value,
            known=None if known is None else _[known],
            reason=value.reason if reason is None else _[reason],
            level=value.level + 1,
            small=True,
            spread=None if spread is None else _[spread],
            at=(known, reason, spread),
        )

    def outgrows(self, condition: Column, level: int) -> None:
        """Where the condition is true the sheet has a number that no column holds; it is rated apart."""
        self.outgrown.append((condition, level))

    def built(self, wanted: Iterable[str]) -> Any:
        """The table with the columns that are wanted, and on the way no others than they need."""
        needed = list(dict.fromkeys(wanted))
        steps: list[tuple[list[str], dict[str, Column]]] = []
        for columns in reversed(self.levels):
            here = {name: columns[name] for name in needed if name in columns}
            if not here:
                continue
            steps.append((needed, here))
            before = [name for name in needed if name not in columns]
            before += sorted({name for expression in here.values() for name in names_in(expression)})
            needed = list(dict.fromkeys(before))
        table = self.table.select(*needed)
        for names, here in reversed(steps):
            table = table.select(**{name: here.get(name, _[name]) for name in names})
        return table


def names_in(expression: object) -> Iterator[str]:
    """The columns that an expression names."""
    if isinstance(expression, Deferred):
        expression = expression._resolver
    if isinstance(expression, Item):
        yield expression.indexer.value
    elif isinstance(expression, tuple):
        for each in expression:
            yield from names_in(each)
    elif isinstance(expression, Resolver):
        for slot in type(expression).__slots__:
            part = getattr(expression, slot)
            yield from names_in(tuple(part.values()) if isinstance(part, Mapping) else part)
