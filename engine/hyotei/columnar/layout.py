"""The relations a rulebook is read from: one row a unit, its figures in columns named after the vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

import ibis.expr.datatypes as dt

from hyotei.columnar.column_value import Kind
from hyotei.columnar.engine_functions import type_of
from hyotei.columnar.number_scale import NumberScale
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.types import BooleanType, NumberType, Scope
from hyotei.rulebook.vocabulary import FIGURES, FigureName, ancestry
from hyotei.sheet.scopes import TABLES
from hyotei.sheet.unread_parts import LIST_OF, Part

RELATIONS: Final = TABLES
"""The name of the relation of each scope."""

NUMBER: Final = "number"
"""Which unit of the sheet a row is, from 1; of a budget year its fiscal year, of a year of a measure its `year_number`."""
YEAR: Final = "evaluated_year"
"""The fiscal year of the sheet, in every relation: dated parameters need it everywhere."""


LISTS: Final[frozenset[Part]] = frozenset(LIST_OF.values())
"""The parts of a sheet without which lists of units are unknown."""


def unread_column_of(part: Part) -> str:
    """The column, in every relation, that is true where what was read does not carry that part of the sheet."""
    return f"{part}_unread"


def identity(scope: Scope) -> str:
    """The column that names a unit: ascending whole numbers in the order of the sheets and of the units within."""
    return f"{scope}_id"


def column_of(name: str) -> str:
    """The column of a figure: `target.qualifier` stands in `target_qualifier`."""
    return name.replace(".", "_")


def reason_column_of(name: str) -> str:
    """The column with the reason why a figure is unknown."""
    return f"{column_of(name)}_reason"


def always_known(figure: FigureName) -> bool:
    """Whether every sheet has a value there."""
    return not figure.domain.unknown


def kind_of(figure: FigureName) -> Kind:
    """What kind of value a figure is."""
    if isinstance(figure.type, NumberType):
        return "number"
    return "truth" if isinstance(figure.type, BooleanType) else "text"


YEAR_SHAPE: Final = NumberScale(0, 4)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of relations: the shapes of numbers, of others that of a plain column, and the lists that sheets lack."""

    shapes: Mapping[tuple[Scope, str], NumberScale] = field(default_factory=dict)
    unread: frozenset[Part] = frozenset()
    """The lists that some of the sheets lack: each has a column in every relation."""

    @property
    def unread_columns(self) -> list[str]:
        return [unread_column_of(part) for part in sorted(self.unread)]

    def shape(self, figure: FigureName) -> NumberScale:
        if figure.year:
            return YEAR_SHAPE
        return self.shapes.get((figure.scope, figure.name), NumberScale())

    def schema(self, scope: Scope, figures: Iterable[FigureName]) -> dict[str, dt.DataType]:
        """The columns of a scope with their types, of these figures."""
        columns: dict[str, dt.DataType] = {identity(each): dt.Int64() for each in ancestry(scope)}
        columns |= {NUMBER: dt.Int32(), YEAR: dt.Int16()}
        columns |= {name: dt.Boolean() for name in self.unread_columns}
        for figure in figures_of(scope, figures):
            columns[column_of(figure.name)] = self.type(figure)
            if not always_known(figure):
                columns[reason_column_of(figure.name)] = dt.Int8()
        return columns

    def type(self, figure: FigureName) -> dt.DataType:
        """The type of a figure's column."""
        kind = kind_of(figure)
        if kind == "number":
            return type_of(self.shape(figure))
        return dt.Boolean() if kind == "truth" else dt.String()


def figures_of(scope: Scope, figures: Iterable[FigureName] = FIGURES) -> tuple[FigureName, ...]:
    """The figures of a scope among some, in one order."""
    return tuple(sorted((each for each in figures if each.scope == scope), key=lambda each: each.name))
