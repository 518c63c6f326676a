"""A table under construction: columns stand on columns before them, level by level, and become nested projections."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ibis import _

from hyotei.columnar.value import Column, Value


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
class Work:
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

    def kept(self, value: Value, wanted: str = "t") -> Value:
        """The value as columns of their own, so that it can be named any number of times."""
        return value if value.small else self.called(value, wanted)

    def called(self, value: Value, wanted: str) -> Value:
        """The value as columns of that name; a constant stays one."""
        if value.constant is not None:
            return value
        known = None if value.known is None else self.column(value.known, value.level, wanted)
        reason = None
        if value.reason is not None and not isinstance(value.reason, int):
            reason = self.column(value.reason, value.level, f"{wanted}_reason")
        return replace(
            value,
            known=None if known is None else _[known],
            reason=value.reason if reason is None else _[reason],
            level=value.level + 1,
            small=True,
            at=(known, reason),
        )

    def outgrows(self, condition: Column, level: int) -> None:
        """Where the condition is true the sheet has a number that no column holds; it is rated apart."""
        self.outgrown.append((condition, level))

    def built(self) -> Any:
        """The table with all columns added so far."""
        table = self.table
        for columns in self.levels:
            if columns:
                table = table.mutate(**columns)
        return table
