"""Sheets under several rulebooks side by side, as data: which values come out together, and how often.

What is compared are the grades that each rulebook gives: the decisions whose first output is of a scale that it declares, for each
scope. Words of different scales are set beside each other, never ranked against each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.types import ScaleType, Scope
from hyotei.rulebook.vocabulary import LISTS

SCOPES: Final[tuple[Scope, ...]] = ("sheet", "objective", "indicator", "measure", "budget_year")
"""The order in which scopes are told: the whole first."""
EXAMPLES: Final = 20
"""Combinations of a scope for which the reasons of an example are told."""
Values = tuple[str | None, ...]
"""What came out in each column of a scope; None where it is undetermined."""


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """A decision of one of the rulebooks that gives a grade; `scale` has its values, best first, with what they mean."""

    rulebook: str
    decision: str
    title: str
    scope: Scope
    scale: dict[str, str]


@dataclass(frozen=True, slots=True)
class SheetResults:
    """What one sheet came to as a whole, in the columns of the scope of sheets."""

    sheet: str
    title: str
    authority: str
    fiscal_year: int
    values: Values


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of a sheet; sheets are numbered as they come."""

    sheet: int
    unit: str


@dataclass(slots=True)
class Combination:
    """Values that came out together: for how many units, and the first of them."""

    values: Values
    count: int
    example: Place

    @property
    def differs(self) -> bool:
        """Whether the columns have not all the same word."""
        return len(set(self.values)) > 1


@dataclass(slots=True)
class ScopeTally:
    """All combinations of a scope."""

    columns: tuple[GradeColumn, ...]
    found: dict[Values, Combination] = field(default_factory=dict)

    def add(self, values: Values, count: int, example: Place) -> None:
        """Counts units with these values."""
        known = self.found.get(values)
        if known is None:
            self.found[values] = Combination(values, count, example)
        else:
            known.count += count

    @property
    def combinations(self) -> list[Combination]:
        """The most frequent first."""
        return sorted(self.found.values(), key=lambda each: (-each.count, [value or "" for value in each.values]))

    def examples(self) -> list[Combination]:
        """The most frequent combinations that differ, as many as are told with their reasons."""
        return [each for each in self.combinations if each.differs][:EXAMPLES]

    @property
    def units(self) -> int:
        return sum(each.count for each in self.found.values())

    @property
    def differing(self) -> int:
        return sum(each.count for each in self.found.values() if each.differs)


def grades(rulebook: Rulebook) -> Iterator[Decision]:
    """The decisions that give a grade, in the order of the rulebook."""
    for decision in rulebook.decisions:
        of = decision.outputs[0].type
        if not decision.audit and isinstance(of, ScaleType) and of.ordered and of.name in rulebook.scales:
            yield decision


def tallies(rulebooks: Sequence[Rulebook]) -> dict[Scope, ScopeTally]:
    """Nothing counted yet, for each scope in which a rulebook gives a grade."""
    columns: dict[Scope, list[GradeColumn]] = {scope: [] for scope in SCOPES}
    for book in rulebooks:
        for decision in grades(book):
            of = decision.outputs[0].type
            assert isinstance(of, ScaleType)
            labels = book.scales[of.name].labels
            columns[decision.scope].append(GradeColumn(book.id, decision.name, decision.title, decision.scope, labels))
    return {scope: ScopeTally(tuple(found)) for scope, found in columns.items() if found}


def scope_of(unit: str) -> Scope:
    """The scope of a unit by its key: `measures[4]` is a measure."""
    return "sheet" if unit == "sheet" else LISTS[unit.partition("[")[0]]


def units_of(derivations: Mapping[str, Derivation], tally: ScopeTally) -> list[str]:
    """The units of a sheet that the columns of a scope grade, in the order of the sheet."""
    names = {each.decision for each in tally.columns}
    scope = tally.columns[0].scope
    units = dict.fromkeys(unit for each in derivations.values() for name, unit in each.steps if name in names)
    return [unit for unit in units if scope_of(unit) == scope]


def values_of(derivations: Mapping[str, Derivation], columns: Iterable[GradeColumn], unit: str) -> Values:
    """What each column says of a unit of a sheet; `derivations` are those of the sheet by the ids of the rulebooks."""
    found = (derivations[each.rulebook].value(each.decision, unit) for each in columns)
    return tuple(value if isinstance(value, str) else None for value in found)
